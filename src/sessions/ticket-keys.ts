import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';
import { equal } from '../bytes/hex.ts';
import { hmac } from '../crypto/primitives/hash.ts';

/**
 * Makes and opens tickets in the form that RFC 5077 section 4 recommends: name of the key 16 bytes, IV 16, AES-256-CBC
 * of the contents, HMAC-SHA-256 over all of it 32.
 */
export class TicketKeys {
  private readonly random: (length: number) => Uint8Array;
  private current: TicketKey;
  private previous: TicketKey | undefined;

  /** `first`: the key to begin with, as `bytes` gives it. @throws {RangeError} for a length that no key has */
  constructor(random: (length: number) => Uint8Array, first?: Uint8Array) {
    this.random = random;
    this.current = first === undefined ? freshKey(random) : keyFrom(first);
  }

  /** Name, authentication key and encryption key of the key that new tickets get, one after the other. */
  get bytes(): Uint8Array {
    const { name, authentication, encryption } = this.current;
    return Buffer.concat([name, authentication, encryption]);
  }

  /** New tickets get a new key. Tickets of the key before can still be opened, older ones no more. */
  rotate(): void {
    this.replace(freshKey(this.random));
  }

  /** New tickets get this key, in the form of `bytes`. @throws {RangeError} for a length that no key has */
  use(bytes: Uint8Array): void {
    this.replace(keyFrom(bytes));
  }

  /** `random`: what the IV is drawn from, if not from what keys are. */
  seal(plain: Uint8Array, random = this.random): Uint8Array {
    const { name, encryption, authentication } = this.current;
    const iv = random(ivLength);
    const cipher = createCipheriv(algorithmOf(encryption), encryption, iv);
    const sealed = Buffer.concat([name, iv, cipher.update(plain), cipher.final()]);
    return Buffer.concat([sealed, hmac('sha256', authentication, sealed)]);
  }

  /** Undefined for what we did not seal. `renew`: the key is not the current one, the client should get a new ticket. */
  open(ticket: Uint8Array): { readonly plain: Uint8Array; readonly renew: boolean } | undefined {
    if (ticket.length < minLength || (ticket.length - minLength) % blockLength !== 0) return undefined;
    const name = ticket.subarray(0, nameLength);
    const key = [this.current, this.previous].find((it) => it && equal(it.name, name));
    if (key === undefined) return undefined;
    const sealed = ticket.subarray(0, ticket.length - macLength);
    if (!timingSafeEqual(hmac('sha256', key.authentication, sealed), ticket.subarray(sealed.length))) return undefined;
    const iv = sealed.subarray(nameLength, nameLength + ivLength);
    const decipher = createDecipheriv(algorithmOf(key.encryption), key.encryption, iv);
    const plain = Buffer.concat([decipher.update(sealed.subarray(nameLength + ivLength)), decipher.final()]);
    return { plain, renew: key !== this.current };
  }

  private replace(key: TicketKey): void {
    this.previous = this.current;
    this.current = key;
  }
}

interface TicketKey {
  readonly name: Uint8Array;
  readonly encryption: Uint8Array;
  readonly authentication: Uint8Array;
}

const nameLength = 16;
const ivLength = 16;
const blockLength = 16;
const macLength = 32;
const minLength = nameLength + ivLength + blockLength + macLength;

/** 80 bytes as OpenSSL keeps a key (RFC 5077 section 4), or 48 as Node does: its keys are of 16 bytes, for AES-128. */
function keyFrom(bytes: Uint8Array): TicketKey {
  const half = (bytes.length - nameLength) / 2;
  if (half !== 16 && half !== 32) throw new RangeError('a ticket key has 48 or 80 bytes');
  const copy = Uint8Array.from(bytes);
  return {
    name: copy.subarray(0, nameLength),
    authentication: copy.subarray(nameLength, nameLength + half),
    encryption: copy.subarray(nameLength + half),
  };
}

function algorithmOf(encryption: Uint8Array): string {
  return `aes-${encryption.length * 8}-cbc`;
}

function freshKey(random: (length: number) => Uint8Array): TicketKey {
  return { name: random(nameLength), encryption: random(32), authentication: random(32) };
}
