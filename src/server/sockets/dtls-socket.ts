import { maxFragmentBytes } from '../../messages/extensions/max-fragment-length.ts';
import { maxPlaintext } from '../../record/limits.ts';
import type { Transport } from '../transport/transport.ts';
import { TlsError } from './tls-error.ts';
import { TlsSocket, type TlsSocketOptions } from './tls-socket.ts';

/**
 * One association of DTLS: a stream of messages. Each `data` event, each `read()` and each turn of `for await` is the
 * content of one record as the peer sent it, never joined with another one nor cut: the reading side is in object mode, and
 * its objects are Buffers. Each write is one record in one datagram, and `cork` joins nothing.
 *
 * Messages may get lost, overtake each other or arrive after a pause, as datagrams do. An empty message is sent, and
 * ignored by most receivers, this one too. A write of more than `maxMessageLength` bytes fails with
 * ERR_SERVERHELLO_MESSAGE_TOO_LONG and, as any failed write of a stream does, ends the socket. A message above 1200 bytes
 * may be cut by the network below, which makes its loss more likely; one that the system refuses to send is lost.
 *
 * `end()` sends close_notify, and what comes after it is not read. A peer that has begun a new association from its address
 * ends this one with ECONNRESET, once the new handshake is finished.
 *
 * With connection ids (option `connectionId`) a client may change its address: `moved` is told, and `remoteAddress` and
 * `remotePort` are the new ones. Until a message has come from there after one was sent, it gets at most three times the bytes
 * that it has sent from there; what is beyond that is lost. A check of the application's own may be in place before it sends
 * large answers there (RFC 9146 section 6).
 */
export class DtlsSocket extends TlsSocket {
  protected override readonly over = 'datagrams';

  constructor(transport: Transport, options: TlsSocketOptions) {
    super(transport, { ...options, stream: { ...options.stream, readableObjectMode: true } });
  }

  /** Bytes of one message at most: 16384, one less where our records have a connection id, or what the client has asked for (RFC 6066 section 4). */
  get maxMessageLength(): number {
    const { session, connectionIds } = this.sessionInfo ?? {};
    const most = connectionIds?.theirs.length ? maxPlaintext - 1 : maxPlaintext;
    return maxFragmentBytes(session?.maxFragmentLength ?? 0) ?? most;
  }

  /** Ours, that the client's records have; false where none are in use, and empty where the client is to send none. */
  get connectionId(): Buffer | false {
    const { connectionIds } = this.sessionInfo ?? {};
    return connectionIds !== undefined && Buffer.from(connectionIds.ours);
  }

  /** The client's, that our records have; false and empty as `connectionId`. */
  get peerConnectionId(): Buffer | false {
    const { connectionIds } = this.sessionInfo ?? {};
    return connectionIds !== undefined && Buffer.from(connectionIds.theirs);
  }

  /** The protection profile of SRTP that was agreed on; false where there is none. */
  get srtpProfile(): string | false {
    return this.sessionInfo?.srtpProfile ?? false;
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.writeMessages([chunk], callback);
  }

  override _writev(writes: readonly { readonly chunk: Uint8Array }[], callback: (error?: Error | null) => void): void {
    this.writeMessages(
      writes.map(({ chunk }) => chunk),
      callback,
    );
  }

  private writeMessages(messages: readonly Uint8Array[], callback: (error?: Error | null) => void): void {
    const most = this.maxMessageLength;
    const tooLong = messages.find(({ length }) => length > most);
    if (tooLong === undefined) this.writeAll(messages, callback);
    else {
      const message = `a message of ${tooLong.length} bytes, where ${most} are the most`;
      callback(new TlsError('ERR_SERVERHELLO_MESSAGE_TOO_LONG', message));
    }
  }
}
