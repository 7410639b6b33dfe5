import { diffieHellman, type KeyObject } from 'node:crypto';
import { protection13 } from '../src/handshake/protections.ts';
import { EarlySecret, finishedMac, type HandshakeSecret, type MasterSecret } from '../src/keys/schedule13.ts';
import { Transcript } from '../src/keys/transcript.ts';
import { findExtension } from '../src/messages/extensions/extension.ts';
import { keyShare } from '../src/messages/extensions/key-share.ts';
import { Finished } from '../src/messages/finished.ts';
import { decodeMessage, encodeMessage } from '../src/messages/message.ts';
import { helloRetryRequestRandom, ServerHello } from '../src/messages/server-hello.ts';
import { cipherSuite } from '../src/names/cipher-suites.ts';
import { ContentType } from '../src/names/content-types.ts';
import { Version } from '../src/names/versions.ts';
import { ReadHalf } from '../src/record/read-half.ts';
import { WriteHalf } from '../src/record/write-half.ts';
import { publicKeyOf } from './rfc8448.ts';

export const context = { version: Version['TLSv1.3'] };
const sha256 = 'sha256';

/** TLS_AES_128_GCM_SHA256, the suite of all traces. */
const suite = suite1301();

export interface TraceClientOptions {
  readonly privateKey: KeyObject;
  readonly group: 'x25519' | 'P-256';
  readonly psk?: Uint8Array | undefined;
}

/**
 * The client of a trace, who has its key but hears another server: ours, whose random values are its own. What the
 * client says therefore differs from the RFC after the ServerHello, in nothing but keys.
 */
export class TraceClient {
  /** What the server said, as whole handshake messages. */
  readonly heard: Uint8Array[] = [];
  /** The content types of the server's records, those inside. */
  readonly types: number[] = [];
  private readonly transcript = new Transcript();
  private readonly early: EarlySecret;
  private readonly options: TraceClientOptions;
  private readonly reading = new ReadHalf();
  private readonly writing = new WriteHalf();
  private handshake: HandshakeSecret | undefined;
  private master: MasterSecret | undefined;
  private clientSecret: Uint8Array = new Uint8Array(0);
  private serverFinished: Uint8Array = new Uint8Array(0);

  constructor(options: TraceClientOptions) {
    this.options = options;
    this.early = new EarlySecret(sha256, options.psk);
    this.transcript.use(sha256);
  }

  /** A handshake message of ours that was sent as the trace has it. */
  said(message: Uint8Array): void {
    this.transcript.add(message);
  }

  hears(stream: Uint8Array): void {
    let rest = stream;
    while (rest.length > 0) {
      const length = 5 + (rest[3] ?? 0) * 256 + (rest[4] ?? 0);
      this.hearsRecord(rest.subarray(0, 5), rest.subarray(5, length));
      rest = rest.subarray(length);
    }
  }

  /** A message under the keys of the handshake, as a record. */
  says(message: Uint8Array): Uint8Array {
    this.transcript.add(message);
    return this.sealed(ContentType.handshake, message);
  }

  /** The client's Finished as a record. Application keys are in force after it. */
  finishes(): Uint8Array {
    const { master } = this;
    if (master === undefined) throw new Error('no ServerHello yet');
    const application = master.clientTraffic(this.serverFinished);
    const verifyData = finishedMac(sha256, this.clientSecret, this.transcript.digest(sha256));
    const record = this.says(encodeMessage(Finished, { verifyData }, context));
    this.writing.use(protection13(suite, sha256, application));
    return record;
  }

  sealed(type: number, content: Uint8Array): Uint8Array {
    return Buffer.concat(this.writing.seal(type, Version['TLSv1.2'], content).flat());
  }

  private hearsRecord(header: Uint8Array, body: Uint8Array): void {
    const [type = 0] = header;
    const hidden = type === ContentType.applicationData;
    const opened = hidden ? this.reading.open(type, Version['TLSv1.2'], header, body) : { type, content: body };
    if (opened === undefined) throw new Error('a record of the server does not open');
    this.types.push(opened.type);
    if (opened.type !== ContentType.handshake) return;
    let rest = opened.content;
    while (rest.length > 0) {
      const length = 4 + (rest[1] ?? 0) * 65536 + (rest[2] ?? 0) * 256 + (rest[3] ?? 0);
      this.hearsMessage(Uint8Array.from(rest.subarray(0, length)));
      rest = rest.subarray(length);
    }
  }

  private hearsMessage(message: Uint8Array): void {
    this.heard.push(message);
    const hello = message[0] === ServerHello.type ? decodeMessage(ServerHello, message, context) : undefined;
    const retries = hello !== undefined && Buffer.from(hello.random).equals(helloRetryRequestRandom);
    if (retries) this.transcript.replaceByHash(sha256);
    this.transcript.add(message);
    if (hello !== undefined && !retries) this.derive(hello);
    if (message[0] !== Finished.type || this.master === undefined) return;
    this.serverFinished = this.transcript.digest(sha256);
    this.reading.use(protection13(suite, sha256, this.master.serverTraffic(this.serverFinished)));
  }

  private derive(hello: ServerHello): void {
    const { privateKey, group } = this.options;
    const share = findExtension(keyShare, 'serverHello', hello.extensions ?? []);
    if (share === undefined) throw new Error('a ServerHello without a share');
    this.handshake = this.early.handshake(
      diffieHellman({ privateKey, publicKey: publicKeyOf(group, share.keyExchange) }),
    );
    this.master = this.handshake.master();
    const digest = this.transcript.digest(sha256);
    this.clientSecret = this.handshake.clientTraffic(digest);
    this.reading.use(protection13(suite, sha256, this.handshake.serverTraffic(digest)));
    this.writing.use(protection13(suite, sha256, this.clientSecret));
  }
}

function suite1301() {
  const found = cipherSuite(0x1301);
  if (found === undefined) throw new Error('no TLS_AES_128_GCM_SHA256');
  return found;
}
