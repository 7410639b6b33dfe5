import { createHash } from 'node:crypto';
import { keyAgreementsFrom } from '../src/crypto/groups.ts';
import type { Random } from '../src/crypto/random.ts';
import type { Surroundings } from '../src/handshake/surroundings.ts';
import { TicketKeys } from '../src/sessions/ticket-keys.ts';
import { signingFrom } from './repeatable-signatures.ts';

/** A clock that stands still and random bytes that count upwards: what is done twice comes out the same. */
export function surroundingsKnown(random: Random = counting()): Surroundings {
  const now = () => 1_700_000_000_000;
  return { now, random, keyAgreement: keyAgreementsFrom(random), sign: signingFrom(random) };
}

export function ticketKeysKnown(): TicketKeys {
  return new TicketKeys(counting());
}

/** Bytes that look random, and are the same for the same seed. */
export function seeded(seed: string): Random {
  const stream = createHash('shake256', { outputLength: longestStream }).update(seed).digest();
  let next = 0;
  return (length) => {
    if (next + length > stream.length) throw new Error('more random bytes than a conversation takes');
    next += length;
    return Uint8Array.from(stream.subarray(next - length, next));
  };
}

const longestStream = 0x10000;

function counting(): Random {
  let next = 0;
  return (length) => Uint8Array.from({ length }, () => next++ & 0xff);
}
