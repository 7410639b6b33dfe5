import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';
import { equal } from '../bytes/hex.ts';
import { hmac } from '../crypto/primitives/hash.ts';
import type { Random } from '../crypto/primitives/random.ts';
import type { OpenedTicket, TicketProtection } from './ticket-protection.ts';

/**
 * TicketKeys seals and opens tickets in the form that RFC 5077 section 4 recommends: name of the key 16 bytes, IV 16,
 * AES-256-CBC of the contents, HMAC-SHA-256 over all of it 32.
 */
export class TicketKeys implements TicketProtection {
  private readonly random: Random;
  private current: TicketKey;
  private previous: TicketKey | undefined;

  /** `first` is the initial key, in the form of `bytes`. @throws {RangeError} for any other length */
  constructor(random: Random, first?: Uint8Array) {
    this.random = random;
    this.current = first === undefined ? freshKey(random) : keyFrom(first);
  }

  /** The current key: name, authentication key and encryption key, concatenated. */
  get bytes(): Uint8Array {
    const { name, authentication, encryption } = this.current;
    return Buffer.concat([name, authentication, encryption]);
  }

  /** Generates a new key for new tickets. Tickets of the previous key can still be opened, older ones not. */
  rotate(): void {
    this.replace(freshKey(this.random));
  }

  /** Seals new tickets with this key, in the form of `bytes`. @throws {RangeError} for any other length */
  use(bytes: Uint8Array): void {
    this.replace(keyFrom(bytes));
  }

  /** Seals a ticket. `random` draws the IV, by default the source of the keys. */
  seal(session: Uint8Array, random = this.random): Uint8Array {
    const { name, encryption, authentication } = this.current;
    const iv = random(ivLength);
    const cipher = createCipheriv(algorithmOf(encryption), encryption, iv);
    const sealed = Buffer.concat([name, iv, cipher.update(session), cipher.final()]);
    return Buffer.concat([sealed, hmac('sha256', authentication, sealed)]);
  }

  /**
   * Opens a ticket; undefined when we did not seal it. `renew` is true when the key is not the current one, so that the
   * client should get a new ticket.
   */
  open(ticket: Uint8Array): Required<OpenedTicket> | undefined {
    if (ticket.length < minLength || (ticket.length - minLength) % blockLength !== 0) return undefined;
    const name = ticket.subarray(0, nameLength);
    const key = [this.current, this.previous].find((it) => it && equal(it.name, name));
    if (key === undefined) return undefined;
    const sealed = ticket.subarray(0, ticket.length - macLength);
    if (!timingSafeEqual(hmac('sha256', key.authentication, sealed), ticket.subarray(sealed.length))) return undefined;
    const iv = sealed.subarray(nameLength, nameLength + ivLength);
    const decipher = createDecipheriv(algorithmOf(key.encryption), key.encryption, iv);
    const session = Buffer.concat([decipher.update(sealed.subarray(nameLength + ivLength)), decipher.final()]);
    return { session, renew: key !== this.current };
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

/** 80 bytes as OpenSSL keeps a key (RFC 5077 section 4), or 48 as Node does, with 16-byte keys for AES-128. */
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

function freshKey(random: Random): TicketKey {
  return { name: random(nameLength), encryption: random(32), authentication: random(32) };
}
