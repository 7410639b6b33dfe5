import { Sink } from '../../bytes/sink.ts';
import type { Way } from '../fact.ts';

/** CapturedPacket is a packet with its metadata. */
export interface CapturedPacket {
  readonly way: Way;
  /** Bytes from the IP header on. */
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970, with fractions. */
  readonly at: number;
  /** Comment for readers of the capture. */
  readonly comment?: string;
}

/** fileHeader returns the leading blocks of a file: the section and its only interface. All blocks are big-endian. */
export function fileHeader(application: string): Uint8Array {
  const section = block(Block.section, (sink) => {
    sink.uint(byteOrderMagic, 4);
    sink.uint(1, 2);
    sink.uint(0, 2);
    // All ones: unknown length of the section.
    sink.append(new Uint8Array(8).fill(0xff));
    options(sink, [[Option.userApplication, Buffer.from(application)]]);
  });
  const description = block(Block.interfaceDescription, (sink) => {
    sink.uint(linkTypeRaw, 2);
    sink.uint(0, 2);
    // Snapshot length: no limit.
    sink.uint(0, 4);
    options(sink, [[Option.interfaceName, Buffer.from(application)]]);
  });
  return Buffer.concat([section, description]);
}

/** packetBlock writes times in microseconds, the default resolution of an interface. */
export function packetBlock({ way, bytes, at, comment }: CapturedPacket): Uint8Array {
  return block(Block.enhancedPacket, (sink) => {
    const microseconds = Math.round(at * 1000);
    sink.uint(0, 4);
    sink.uint(Math.floor(microseconds / 2 ** 32), 4);
    sink.uint(microseconds % 2 ** 32, 4);
    sink.uint(bytes.length, 4);
    sink.uint(bytes.length, 4);
    padded(sink, bytes);
    options(sink, [
      ...(comment === undefined ? [] : [[Option.comment, Buffer.from(comment)] as const]),
      [Option.packetFlags, Uint8Array.of(0, 0, 0, way === 'in' ? inbound : outbound)],
    ]);
  });
}

/** `keyLog`: lines of a TLS key log, for the packets after the block. */
export function secretsBlock(keyLog: string): Uint8Array {
  return block(Block.decryptionSecrets, (sink) => {
    const bytes = Buffer.from(keyLog, 'latin1');
    sink.uint(tlsKeyLog, 4);
    sink.uint(bytes.length, 4);
    padded(sink, bytes);
  });
}

/** block frames a body: type, total length, body, total length. `body` writes a multiple of four bytes. */
function block(type: number, body: (sink: Sink) => void): Uint8Array {
  const sink = new Sink();
  sink.uint(type, 4);
  sink.uint(0, 4);
  body(sink);
  const length = sink.size + 4;
  sink.uint(length, 4);
  const bytes = sink.done();
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(4, length);
  return bytes;
}

function options(sink: Sink, list: readonly (readonly [code: number, value: Uint8Array])[]): void {
  for (const [code, value] of list) {
    const bytes = value.subarray(0, longestOption);
    sink.uint(code, 2);
    sink.uint(bytes.length, 2);
    padded(sink, bytes);
  }
  sink.uint(Option.end, 4);
}

function padded(sink: Sink, bytes: Uint8Array): void {
  sink.append(bytes);
  sink.append(new Uint8Array(-bytes.length & 3));
}

const Block = {
  section: 0x0a0d0d0a,
  interfaceDescription: 1,
  enhancedPacket: 6,
  decryptionSecrets: 10,
} as const;

/** Option codes, whose meaning depends on the block. */
const Option = { end: 0, comment: 1, interfaceName: 2, packetFlags: 2, userApplication: 4 } as const;

const byteOrderMagic = 0x1a2b3c4d;
/** LINKTYPE_RAW: packets begin with an IPv4 or IPv6 header. */
const linkTypeRaw = 101;
const inbound = 1;
const outbound = 2;
/** "TLSK". */
const tlsKeyLog = 0x544c534b;
const longestOption = 0xfffc;
