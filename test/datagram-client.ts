import { randomBytes } from 'node:crypto';
import { decode } from '../src/bytes/wire.ts';
import { DatagramDepartures } from '../src/connection/datagram-departures.ts';
import { type AeadCipher, cipherOf } from '../src/crypto/ciphers.ts';
import { DatagramAssembly, fragmentsOf } from '../src/handshake/datagram-assembly.ts';
import type { Incoming } from '../src/handshake/flow.ts';
import { keyBlock, masterSecret, verifyData } from '../src/keys/schedule12.ts';
import { Transcript } from '../src/keys/transcript.ts';
import { ClientHello } from '../src/messages/client-hello.ts';
import { ClientKeyExchange } from '../src/messages/client-key-exchange.ts';
import { Finished } from '../src/messages/finished.ts';
import { HelloVerifyRequest } from '../src/messages/hello-verify-request.ts';
import { encodeMessage, type Kind } from '../src/messages/message.ts';
import { ServerHello } from '../src/messages/server-hello.ts';
import { ServerHelloDone } from '../src/messages/server-hello-done.ts';
import { ContentType } from '../src/names/content-types.ts';
import { Version } from '../src/names/versions.ts';
import { Aead12 } from '../src/record/aead12.ts';
import { recordsOf } from '../src/record/datagram-record.ts';
import { ReadEpoch } from '../src/record/read-epoch.ts';

export interface DatagramClientOptions {
  readonly key: Uint8Array;
  now(): number;
  send(datagram: Uint8Array): void;
  /** Bytes in a datagram. */
  readonly room: number;
}

const context = { version: Version['TLSv1.2'], datagrams: true, keyExchange: 'PSK' } as const;
/** TLS_PSK_WITH_AES_128_GCM_SHA256 */
const suite = 0x00a8;

/** A client of DTLS 1.2 that knows a key and one suite, sends its flights again, and nothing else. */
export class DatagramClient {
  done = false;
  readonly received: string[] = [];
  private readonly options: DatagramClientOptions;
  private readonly random = randomBytes(32);
  private readonly reading = new ReadEpoch();
  private readonly outgoing: DatagramDepartures;
  private readonly assembly = new DatagramAssembly(() => 0x4000);
  private transcript = new Transcript();
  private serverRandom: Uint8Array = new Uint8Array(0);
  private master: Uint8Array = new Uint8Array(0);

  constructor(options: DatagramClientOptions) {
    this.options = options;
    this.outgoing = new DatagramDepartures({
      ...{ reading: this.reading, tell: {}, now: options.now, maxSendFragment: 16384, room: options.room },
      toPeer: (datagrams) => {
        for (const datagram of datagrams) options.send(datagram);
      },
    });
    this.sendHello(new Uint8Array(0));
  }

  get deadline(): number | undefined {
    return this.done ? undefined : this.outgoing.deadline;
  }

  expire(): void {
    this.outgoing.expire();
  }

  write(text: string): void {
    this.outgoing.content(ContentType.applicationData, context.version, Buffer.from(text));
  }

  receive(datagram: Uint8Array): void {
    for (const record of recordsOf(datagram)) {
      // The server has repeated its flight, as it has not got ours.
      if (record.epoch < this.reading.number && !this.done) this.outgoing.repeat();
      const opened = this.reading.open(record);
      if (opened === undefined) continue;
      if (opened.type === ContentType.applicationData) this.received.push(Buffer.from(opened.content).toString());
      if (opened.type !== ContentType.handshake) continue;
      for (const fragment of fragmentsOf(opened.content)) this.assembly.push(fragment);
      for (let next = this.assembly.take(); next; next = this.assembly.take()) this.message(next);
    }
  }

  private message(incoming: Incoming): void {
    this.outgoing.answered();
    const { type, body, bytes } = incoming;
    if (type === HelloVerifyRequest.type) {
      this.sendHello(decode(HelloVerifyRequest.wire(context), body).cookie);
      return;
    }
    if (type === Finished.type) {
      const expected = verifyData('sha256', this.master, 'server', this.transcript.digest('sha256'));
      this.done = Buffer.from(expected).equals(body);
      return;
    }
    this.transcript.add(bytes);
    if (type === ServerHello.type) this.serverRandom = Uint8Array.from(decode(ServerHello.wire(context), body).random);
    if (type === ServerHelloDone.type) this.answer();
  }

  private sendHello(cookie: Uint8Array): void {
    this.transcript = new Transcript();
    this.transcript.use('sha256');
    const legacyVersion = Version['DTLSv1.2'];
    const offers = { cipherSuites: [suite], compressionMethods: [0], extensions: undefined };
    const { random } = this;
    this.send(ClientHello, { legacyVersion, random, sessionId: new Uint8Array(0), cookie, ...offers });
    this.outgoing.flush();
  }

  private answer(): void {
    this.send(ClientKeyExchange, { identity: Buffer.from('somebody') });
    this.master = masterSecret('sha256', premaster(this.options.key), this.random, this.serverRandom);
    const cipher = cipherOf('AESGCM(128)') as AeadCipher;
    const lengths = { mac: 0, key: cipher.keyLength, iv: cipher.fixedIvLength };
    const block = keyBlock('sha256', this.master, this.random, this.serverRandom, lengths);
    this.outgoing.signal(ContentType.changeCipherSpec, context.version, Uint8Array.of(1));
    this.outgoing.protectWriting(new Aead12(cipher, block.clientKey, block.clientIv));
    this.reading.use(new Aead12(cipher, block.serverKey, block.serverIv));
    this.send(Finished, { verifyData: verifyData('sha256', this.master, 'client', this.transcript.digest('sha256')) });
    this.outgoing.flush();
  }

  private send<T>(kind: Kind<T>, value: T): void {
    this.transcript.add(
      this.outgoing.message(ContentType.handshake, context.version, encodeMessage(kind, value, context)),
    );
  }
}

/** RFC 4279 section 2 */
function premaster(key: Uint8Array): Uint8Array {
  const length = Uint8Array.of(key.length >>> 8, key.length);
  return Buffer.concat([length, new Uint8Array(key.length), length, key]);
}
