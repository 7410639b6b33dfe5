import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { decode } from '../src/bytes/wire.ts';
import { type AeadCipher, cipherOf } from '../src/crypto/ciphers.ts';
import type { Incoming } from '../src/handshake/flow/flow.ts';
import { extendedMasterSecret, keyBlock, masterSecret, verifyData } from '../src/keys/schedule12.ts';
import { Transcript } from '../src/keys/transcript.ts';
import { ClientHello } from '../src/messages/client-hello.ts';
import { ClientKeyExchange } from '../src/messages/client-key-exchange.ts';
import { extendedMasterSecret as extendedMaster } from '../src/messages/extensions/extended-master-secret.ts';
import type { Extension } from '../src/messages/extensions/extension.ts';
import { Finished } from '../src/messages/finished.ts';
import { HelloRequest } from '../src/messages/hello-request.ts';
import { HelloVerifyRequest } from '../src/messages/hello-verify-request.ts';
import { encodeMessage, type Kind, type MessageContext } from '../src/messages/message.ts';
import { ServerHello } from '../src/messages/server-hello.ts';
import { ServerHelloDone } from '../src/messages/server-hello-done.ts';
import { ContentType } from '../src/names/content-types.ts';
import { Version } from '../src/names/versions.ts';
import { Aead12 } from '../src/record/aead12.ts';
import type { ClientWire } from './client-wires.ts';

/** TLS_PSK_WITH_AES_128_GCM_SHA256 */
const suite = 0x00a8;
const version = Version['TLSv1.2'];

/** What the client keeps of a handshake to resume it. */
export interface PskSession {
  readonly id: Uint8Array;
  readonly master: Uint8Array;
}

export interface PskClientOptions {
  /** The version of its hello, 1.2 unless given. */
  readonly legacyVersion?: number;
  /** Offered where it is given (RFC 9146). */
  readonly connectionId?: Uint8Array;
  readonly session?: PskSession | undefined;
}

/** PskClient is a minimal client of TLS and DTLS 1.2 with a key and one suite; it repeats its flights. */
export class PskClient {
  /** No handshake is in progress. */
  done = false;
  resumed = false;
  readonly received: string[] = [];
  /** Application data after the server's close_notify. */
  readonly late: string[] = [];
  /** Levels and descriptions of alerts. */
  readonly alerts: string[] = [];
  readonly wire: ClientWire;
  /** Of the next hello. */
  extensions: readonly Extension[] | undefined;
  private left = false;
  private readonly key: Uint8Array;
  private readonly context: MessageContext;
  private readonly random = randomBytes(32);
  private transcript = new Transcript();
  private serverRandom: Uint8Array = new Uint8Array(0);
  private master: Uint8Array = new Uint8Array(0);
  private sessionId: Uint8Array = new Uint8Array(0);
  private readonly options: PskClientOptions;
  private extended = false;

  constructor(key: Uint8Array, wire: ClientWire, options: PskClientOptions = {}) {
    this.key = key;
    this.options = options;
    this.wire = wire;
    this.context = { version, keyExchange: 'PSK', ...(wire.datagrams && { datagrams: true }) };
  }

  get session(): PskSession {
    return { id: this.sessionId, master: this.master };
  }

  get deadline(): number | undefined {
    return this.done ? undefined : this.wire.deadline;
  }

  expire(): void {
    this.wire.expire();
  }

  write(text: string): void {
    this.content(ContentType.applicationData, Buffer.from(text));
  }

  /** close sends close_notify, and leaves. */
  close(): void {
    this.leave();
    this.content(ContentType.alert, Uint8Array.of(1, 0));
  }

  /** leave ends all part in handshakes; the client still reads. */
  leave(): void {
    this.left = true;
  }

  /** content sends a record under the current keys. */
  content(type: number, content: Uint8Array): void {
    this.wire.departures.content(type, version, content);
  }

  receive(bytes: Uint8Array): void {
    for (const { type, content } of this.wire.open(bytes)) {
      if (type === ContentType.applicationData)
        (this.alerts.includes('1 0') ? this.late : this.received).push(Buffer.from(content).toString());
      if (type === ContentType.alert) this.alerts.push(content.join(' '));
      if (type !== ContentType.handshake) continue;
      this.wire.assemble(content);
      for (let next = this.wire.take(); next; next = this.wire.take()) this.message(next);
    }
  }

  hello(cookie: Uint8Array = new Uint8Array(0)): void {
    this.transcript = new Transcript();
    this.transcript.use('sha256');
    this.done = false;
    const {
      legacyVersion = this.wire.datagrams ? Version['DTLSv1.2'] : version,
      session,
      connectionId: id,
    } = this.options;
    const offers = {
      cipherSuites: [suite],
      compressionMethods: [0],
      extensions: id ? [connectionIdExtension(id)] : this.extensions,
    };
    const { random } = this;
    this.send(ClientHello, { legacyVersion, random, sessionId: session?.id ?? new Uint8Array(0), cookie, ...offers });
    this.wire.departures.flush();
  }

  private message({ type, body, bytes }: Incoming): void {
    this.wire.answered();
    if (type === HelloRequest.type || this.left) return;
    if (type === HelloVerifyRequest.type) {
      this.hello(decode(HelloVerifyRequest.wire(this.context), body).cookie);
      return;
    }
    if (type === Finished.type) {
      const expected = verifyData('sha256', this.master, 'server', this.transcript.digest('sha256'));
      this.transcript.add(bytes);
      if (this.resumed) this.finish();
      this.done = Buffer.from(expected).equals(body);
      this.wire.over();
      return;
    }
    this.transcript.add(bytes);
    if (type === ServerHello.type) this.greeted(body);
    if (type === ServerHelloDone.type) this.answer();
  }

  private greeted(body: Uint8Array): void {
    const { random, sessionId, extensions } = decode(ServerHello.wire(this.context), body);
    this.identify(extensions?.find(({ type }) => type === connectionIdCode)?.body);
    this.serverRandom = Uint8Array.from(random);
    this.extended = extensions?.some((it) => it.type === extendedMaster.code) === true;
    this.sessionId = Uint8Array.from(sessionId);
    const { session } = this.options;
    this.resumed = session !== undefined && Buffer.from(session.id).equals(sessionId);
    if (session === undefined || !this.resumed) return;
    this.master = session.master;
    this.wire.protectReading(this.protections().reading);
  }

  private identify(answer: Uint8Array | undefined): void {
    const { connectionId: ours } = this.options;
    const [length = 0, ...theirs] = answer ?? [];
    assert.equal(length, theirs.length);
    this.wire.departures.identify?.(answer && ours && { ours, theirs: Uint8Array.from(theirs) });
  }

  private answer(): void {
    this.send(ClientKeyExchange, { identity: Buffer.from('somebody') });
    this.master = this.extended
      ? extendedMasterSecret('sha256', premaster(this.key), this.transcript.digest('sha256'))
      : masterSecret('sha256', premaster(this.key), this.random, this.serverRandom);
    this.finish();
    this.wire.protectReading(this.protections().reading);
  }

  private finish(): void {
    this.wire.departures.signal(ContentType.changeCipherSpec, version, Uint8Array.of(1));
    this.wire.departures.protectWriting('application', this.protections().writing);
    this.send(Finished, { verifyData: verifyData('sha256', this.master, 'client', this.transcript.digest('sha256')) });
    this.wire.departures.flush();
  }

  private protections() {
    const cipher = cipherOf('AESGCM(128)') as AeadCipher;
    const lengths = { mac: 0, key: cipher.keyLength, iv: cipher.fixedIvLength };
    const block = keyBlock('sha256', this.master, this.random, this.serverRandom, lengths);
    return {
      writing: new Aead12(cipher, block.clientKey, block.clientIv),
      reading: new Aead12(cipher, block.serverKey, block.serverIv),
    };
  }

  private send<T>(kind: Kind<T>, value: T): void {
    const bytes = encodeMessage(kind, value, this.context);
    this.transcript.add(this.wire.departures.message(ContentType.handshake, version, bytes));
  }
}

const connectionIdCode = 54;

function connectionIdExtension(id: Uint8Array): Extension {
  return { type: connectionIdCode, body: Uint8Array.of(id.length, ...id) };
}

/** RFC 4279 section 2 */
function premaster(key: Uint8Array): Uint8Array {
  const length = Uint8Array.of(key.length >>> 8, key.length);
  return Buffer.concat([length, new Uint8Array(key.length), length, key]);
}
