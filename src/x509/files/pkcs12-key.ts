import { hash as hashOnce } from 'node:crypto';
import { view } from '../../bytes/hex.ts';
import type { PasswordHash } from './password-algorithms.ts';

export interface Pkcs12KeyRequest {
  readonly hash: PasswordHash;
  readonly purpose: 'key' | 'iv' | 'mac';
  /** UTF-8; undefined for none at all, which differs from an empty one. */
  readonly password: Uint8Array | undefined;
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** Bytes. */
  readonly length: number;
}

/** RFC 7292 appendix B.2 */
export function pkcs12Key({ hash, purpose, password, salt, iterations, length }: Pkcs12KeyRequest): Uint8Array {
  const { name, block } = hash;
  const diversifier = new Uint8Array(block).fill({ key: 1, iv: 2, mac: 3 }[purpose]);
  const secret = password === undefined ? new Uint8Array(0) : bmpString(password);
  const input = Buffer.concat([repeated(salt, block), repeated(secret, block)]);
  const parts: Uint8Array[] = [];
  for (let made = 0; made < length; made += parts.at(-1)?.length ?? length) {
    const digest = hashedOften(name, Buffer.concat([diversifier, input]), iterations);
    parts.push(digest);
    const added = repeated(digest, block).subarray(0, block);
    for (let at = 0; at < input.length; at += block) addOneMore(input.subarray(at, at + block), added);
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** hashedOften uses one-shot hashes: files ask for hundreds of thousands of iterations. */
function hashedOften(name: string, input: Buffer, times: number): Uint8Array {
  let digest = input;
  for (let i = 0; i < times; i++) digest = hashOnce(name, digest, 'buffer');
  return digest;
}

/** bmpString encodes a NUL-terminated BMPString (RFC 7292 appendix B.1). */
function bmpString(password: Uint8Array): Uint8Array {
  return Buffer.from(`${view(password).toString('utf8')}\0`, 'utf16le').swap16();
}

/** repeated fills whole blocks with copies of the bytes; empty input stays empty. */
function repeated(bytes: Uint8Array, block: number): Uint8Array {
  const length = Math.ceil(bytes.length / block) * block;
  return length === 0 ? new Uint8Array(0) : Buffer.alloc(length, bytes);
}

/** `sum + added + 1`, big-endian, in place. */
function addOneMore(sum: Uint8Array, added: Uint8Array): void {
  let carry = 1;
  for (let at = sum.length - 1; at >= 0; at--) {
    carry += (sum[at] ?? 0) + (added[at] ?? 0);
    sum[at] = carry & 0xff;
    carry >>= 8;
  }
}
