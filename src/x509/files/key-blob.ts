import { createDecipheriv, createHash, createPrivateKey } from 'node:crypto';
import { Cursor } from '../../bytes/cursor.ts';
import { integer, sequence, unsignedInteger } from '../../bytes/der.ts';
import { hex, view } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { toPem } from '../../bytes/pem.ts';
import type { Askable } from './passphrase.ts';
import type { FoundKey } from './private-key.ts';

/*
 * Microsoft's private key blob (MSBLOB) and its PVK container. Numbers are little-endian.
 */

/** keyFromBlob returns undefined for any other format. */
export function keyFromBlob(content: Uint8Array, passphrase: Askable): FoundKey | undefined {
  try {
    if (view(content).toString('hex', 0, 4) === pvkMagic) return keyIn(blobInPvk(content, passphrase));
    return content[0] === privateBlob && content[1] === blobVersion ? keyIn(content) : undefined;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { lines: [] };
  }
}

const pvkMagic = '1ef1b5b0';
const privateBlob = 7;
const blobVersion = 2;
const blobHeaderLength = 8;

/** @throws {Malformed} */
function blobInPvk(file: Uint8Array, passphrase: Askable): Uint8Array {
  const fields = new Cursor(file);
  // Magic, reserved, key type.
  fields.take(12);
  const isEncrypted = littleEndian(fields.take(4)) !== 0n;
  const saltLength = Number(littleEndian(fields.take(4)));
  const blobLength = Number(littleEndian(fields.take(4)));
  const salt = fields.take(saltLength);
  const blob = fields.take(blobLength);
  if (!isEncrypted) return blob;
  const password = passphrase.ask(1);
  if (password === undefined) throw new Malformed('no password');
  const key = createHash('sha1').update(salt).update(password).digest().subarray(0, 16);
  // The weak form has five bytes of the key, then zeros.
  const weakKey = Buffer.concat([key.subarray(0, 5), Buffer.alloc(11)]);
  const opened = [key, weakKey].map((it) => decrypted(blob, it)).find(isPrivateBlob);
  if (opened === undefined) throw new Malformed('another password');
  return opened;
}

/** decrypted copies the unencrypted header. @throws {Malformed} if Node has no RC4 */
function decrypted(blob: Uint8Array, key: Uint8Array): Uint8Array {
  try {
    const cipher = createDecipheriv('rc4', key, null);
    return Buffer.concat([blob.subarray(0, blobHeaderLength), cipher.update(blob.subarray(blobHeaderLength))]);
  } catch {
    throw new Malformed('RC4 is not available');
  }
}

function isPrivateBlob(blob: Uint8Array): boolean {
  return kinds.has(magicOf(blob));
}

function magicOf(blob: Uint8Array): string {
  return view(blob).toString('latin1', blobHeaderLength, blobHeaderLength + 4);
}

/** @throws {Malformed} */
function keyIn(blob: Uint8Array): FoundKey {
  const read = kinds.get(magicOf(blob));
  if (read === undefined) return { lines: [] };
  const fields = new Cursor(blob.subarray(blobHeaderLength + 4));
  const bits = Number(littleEndian(fields.take(4)));
  try {
    return { key: createPrivateKey(read(fields, Math.ceil(bits / 8))) };
  } catch (error) {
    if (error instanceof Malformed) throw error;
    return { lines: [] };
  }
}

/** Readers by magic; each returns the private key in PEM. @throws {Malformed} */
const kinds: ReadonlyMap<string, (fields: Cursor, length: number) => string> = new Map([
  ['RSA2', rsaKey],
  ['DSS2', dsaKey],
]);

function rsaKey(fields: Cursor, length: number): string {
  const half = Math.ceil(length / 2);
  const number = (size: number) => unsignedInteger(fields.take(size).toReversed());
  const exponent = number(4);
  const modulus = number(length);
  const primesAndMore = Array.from({ length: 5 }, () => number(half));
  const privateExponent = number(length);
  return toPem('RSA PRIVATE KEY', sequence(integer(0), modulus, exponent, privateExponent, ...primesAndMore));
}

function dsaKey(fields: Cursor, length: number): string {
  const take = (size: number) => fields.take(size).toReversed();
  const [prime, divisor, base, secret] = [take(length), take(20), take(length), take(20)];
  const publicValue = power(bigEndian(base), bigEndian(secret), bigEndian(prime));
  const publicBytes = Buffer.from(publicValue.toString(16).padStart(2 * length, '0'), 'hex');
  const numbers = [prime, divisor, base, publicBytes, secret].map(unsignedInteger);
  return toPem('DSA PRIVATE KEY', sequence(integer(0), ...numbers));
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) result = (result * result * (bit === '1' ? base : 1n)) % modulus;
  return result;
}

function littleEndian(bytes: Uint8Array): bigint {
  return bigEndian(bytes.toReversed());
}

function bigEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${hex(bytes) || '0'}`);
}
