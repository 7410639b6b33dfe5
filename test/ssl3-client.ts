import assert from 'node:assert/strict';
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  privateEncrypt,
  publicEncrypt,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { deflateRawSync, deflateSync, inflateSync, constants as zlib } from 'node:zlib';
import type { Recorded } from './conversation.ts';

/*
 * No client speaks SSL 3.0 any more: this one follows RFC 6101 and shares no code with the engine that it talks to.
 */

export const suites = [
  { name: 'AES128-SHA', code: 0x002f, key: 16, mac: 'sha1' },
  { name: 'AES256-SHA', code: 0x0035, key: 32, mac: 'sha1' },
  { name: 'NULL-MD5', code: 0x0001, key: 0, mac: 'md5' },
] as const;
type Suite = (typeof suites)[number];

const hash = (name: string, ...parts: Uint8Array[]) => createHash(name).update(Buffer.concat(parts)).digest();

/** Proof is a certificate and its key, in PEM. */
interface Proof {
  readonly certificate: Buffer;
  readonly key: Buffer;
}

interface Answer {
  readonly spoilsFinished?: boolean;
  readonly proof?: Proof;
  readonly hasNone?: 'says' | 'is silent';
}

function certificateList({ certificate }: Proof): Buffer {
  const der = new X509Certificate(certificate).raw;
  return Buffer.concat([length24(der.length + 3), length24(der.length), der]);
}

function length24(length: number): Buffer {
  return Buffer.of(length >> 16, length >> 8, length & 0xff);
}

/** Ssl3Client talks to an engine without a socket. */
export class Ssl3Client {
  /** The records that it has sent. */
  readonly said: Uint8Array[] = [];
  readonly peer: Recorded;
  private readonly suite: Suite;
  private readonly random = randomBytes(32);
  private readonly messages: Buffer[] = [];
  private master: Buffer = Buffer.alloc(0);
  private keys: readonly Buffer[] = [];
  private read = 0;
  private beforeServerFinished = 0;
  private ivs: [client: Buffer, server: Buffer] = [Buffer.alloc(0), Buffer.alloc(0)];
  private numbers: [client: number, server: number] = [0, 0];
  private secured = false;
  private readonly deflates: boolean;
  private readonly deflated: [sent: boolean, came: Buffer, text: number] = [false, Buffer.alloc(0), 0];

  constructor(peer: Recorded, suite: Suite, how?: 'deflates') {
    this.deflates = how === 'deflates';
    this.peer = peer;
    this.suite = suite;
  }

  hello(extensions = Buffer.alloc(0)): void {
    const codes = Buffer.of(0, 4, this.suite.code >> 8, this.suite.code & 0xff, 0, 0xff);
    const methods = this.deflates ? Buffer.of(2, 1, 0) : Buffer.of(1, 0);
    const tail = extensions.length === 0 ? [] : [Buffer.of(0, extensions.length), extensions];
    this.message(1, Buffer.concat([Buffer.of(3, 0), this.random, Buffer.of(0), codes, methods, ...tail]));
  }

  /** answer makes the messages from ClientKeyExchange to the client's Finished. */
  answer(how: Answer = {}): Buffer {
    const serverHello = this.plain(2);
    const certificates = this.plain(11);
    if (how.proof || how.hasNone) this.plain(13);
    this.plain(14);
    if (how.proof) this.message(11, certificateList(how.proof));
    if (how.hasNone === 'says') this.record(21, Buffer.of(1, 41));
    const certificate = new X509Certificate(certificates.subarray(10));
    const premaster = Buffer.concat([Buffer.of(3, 0), randomBytes(46)]);
    const key = { key: certificate.publicKey, padding: constants.RSA_PKCS1_PADDING };
    this.message(16, publicEncrypt(key, premaster));
    const serverRandom = serverHello.subarray(6, 38);
    this.master = derive(premaster, Buffer.concat([this.random, serverRandom]), 48);
    this.keys = this.keyBlock(serverRandom);
    if (how.proof) this.message(15, this.signature(how.proof));
    this.record(20, Buffer.of(1));
    this.secured = true;
    const finished = this.finished('CLNT');
    if (how.spoilsFinished) finished[0] = (finished[0] ?? 0) ^ 1;
    this.message(20, finished);
    return serverHello;
  }

  finished(sender: 'CLNT' | 'SRVR'): Buffer {
    const counted = sender === 'SRVR' ? this.messages.slice(0, this.beforeServerFinished) : this.messages;
    const digest = (name: string, pad: number) => {
      const inner = hash(name, ...counted, Buffer.from(sender), this.master, Buffer.alloc(pad, 0x36));
      return hash(name, this.master, Buffer.alloc(pad, 0x5c), inner);
    };
    return Buffer.concat([digest('md5', 48), digest('sha1', 40)]);
  }

  /** RFC 6101 section 5.6.8 */
  private signature({ key }: Proof): Buffer {
    const outer = (name: string, pad: number) => {
      const inner = hash(name, ...this.messages, this.master, Buffer.alloc(pad, 0x36));
      return Buffer.concat([this.master, Buffer.alloc(pad, 0x5c), inner]);
    };
    const digests = Buffer.concat([hash('md5', outer('md5', 48)), hash('sha1', outer('sha1', 40))]);
    const signed =
      createPrivateKey(key).asymmetricKeyType === 'rsa'
        ? privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digests)
        : sign('sha1', outer('sha1', 40), key);
    return Buffer.concat([Buffer.of(signed.length >> 8, signed.length & 0xff), signed]);
  }

  finishedOfServer(): Buffer {
    const [ccs] = this.nextRecord();
    assert.equal(ccs, 20);
    this.beforeServerFinished = this.messages.length;
    const [type, message] = this.nextRecord(true);
    assert.deepEqual([type, message[0]], [22, 20]);
    return message.subarray(4);
  }

  send(type: number, content: Buffer, how: { spoilsMac?: boolean } = {}): void {
    this.record(type, content, how);
  }

  /** received returns the contents of the new records of this type. */
  received(type: number): Buffer[] {
    const contents: Buffer[] = [];
    while (this.read < this.peer.sentBytes.length) {
      const [found, content] = this.nextRecord(true);
      assert.equal(found, type);
      contents.push(content);
    }
    return contents;
  }

  /** plain returns the next message, which must be of this type and alone in its record. */
  plain(type: number): Buffer {
    const [, message] = this.nextRecord();
    assert.equal(message[0], type);
    this.messages.push(message);
    return message;
  }

  private message(type: number, body: Buffer): void {
    const message = Buffer.concat([Buffer.of(type, 0, body.length >> 8, body.length & 0xff), body]);
    this.record(22, message);
    this.messages.push(message);
  }

  private record(type: number, content: Buffer, how: { spoilsMac?: boolean } = {}): void {
    const body = this.secured ? this.seal(type, content, how) : content;
    const record = Buffer.concat([Buffer.of(type, 3, 0, body.length >> 8, body.length & 0xff), body]);
    this.said.push(record);
    this.peer.engine.feed(record);
  }

  private nextRecord(sealed = false): [type: number, content: Buffer] {
    const bytes = Buffer.from(this.peer.sentBytes).subarray(this.read);
    const length = bytes.readUInt16BE(3);
    this.read += 5 + length;
    const body = bytes.subarray(5, 5 + length);
    const type = bytes[0] ?? 0;
    return [type, sealed ? this.open(type, body) : body];
  }

  private seal(type: number, text: Buffer, { spoilsMac = false }): Buffer {
    const content = this.deflates ? this.deflate(text) : text;
    const mac = this.mac(0, type, content);
    if (spoilsMac) mac[3] = (mac[3] ?? 0) ^ 1;
    const plain = Buffer.concat([content, mac]);
    if (this.suite.key === 0) return plain;
    const padding = 15 - (plain.length % 16);
    const cipher = createCipheriv(`aes-${this.suite.key * 8}-cbc`, this.keys[2] ?? '', this.ivs[0]).setAutoPadding(
      false,
    );
    // Only the length of the padding matters, not its content.
    const sealed = cipher.update(Buffer.concat([plain, randomBytes(padding), Buffer.of(padding)]));
    this.ivs[0] = sealed.subarray(-16);
    return sealed;
  }

  private open(type: number, body: Buffer): Buffer {
    let plain = body;
    if (this.suite.key > 0) {
      const cipher = createDecipheriv(`aes-${this.suite.key * 8}-cbc`, this.keys[3] ?? '', this.ivs[1]);
      plain = cipher.setAutoPadding(false).update(body);
      this.ivs[1] = body.subarray(-16);
      plain = plain.subarray(0, plain.length - (plain.at(-1) ?? 0) - 1);
    }
    const content = plain.subarray(0, plain.length - macLength[this.suite.mac]);
    assert.deepEqual(plain.subarray(content.length), this.mac(1, type, content));
    return this.deflates ? this.inflate(content) : content;
  }

  private deflate(text: Buffer): Buffer {
    const options = { finishFlush: zlib.Z_SYNC_FLUSH };
    const first = !this.deflated[0];
    this.deflated[0] = true;
    return first ? deflateSync(text, options) : deflateRawSync(text, options);
  }

  private inflate(content: Buffer): Buffer {
    this.deflated[1] = Buffer.concat([this.deflated[1], content]);
    const text = inflateSync(this.deflated[1], { finishFlush: zlib.Z_SYNC_FLUSH });
    const from = this.deflated[2];
    this.deflated[2] = text.length;
    return text.subarray(from);
  }

  private mac(side: 0 | 1, type: number, content: Buffer): Buffer {
    const number = Buffer.alloc(8);
    number.writeUInt32BE(this.numbers[side]++, 4);
    const { mac } = this.suite;
    const pad = mac === 'md5' ? 48 : 40;
    const key = this.keys[side] ?? Buffer.alloc(0);
    const header = Buffer.concat([number, Buffer.of(type, content.length >> 8, content.length & 0xff)]);
    return hash(mac, key, Buffer.alloc(pad, 0x5c), hash(mac, key, Buffer.alloc(pad, 0x36), header, content));
  }

  private keyBlock(serverRandom: Buffer): readonly Buffer[] {
    const { key, mac } = this.suite;
    const lengths = [macLength[mac], macLength[mac], key, key, key && 16, key && 16];
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const block = derive(this.master, Buffer.concat([serverRandom, this.random]), total);
    let at = 0;
    const keys = lengths.map((length) => {
      at += length;
      return block.subarray(at - length, at);
    });
    this.ivs = [keys[4] ?? Buffer.alloc(0), keys[5] ?? Buffer.alloc(0)];
    return keys;
  }
}

const macLength = { md5: 16, sha1: 20 } as const;

function derive(secret: Buffer, seed: Buffer, length: number): Buffer {
  const blocks = ['A', 'BB', 'CCC', 'DDDD', 'EEEEE', 'FFFFFF', 'GGGGGGG', 'HHHHHHHH', 'IIIIIIIII'].map((letters) =>
    hash('md5', secret, hash('sha1', Buffer.from(letters), secret, seed)),
  );
  return Buffer.concat(blocks).subarray(0, length);
}
