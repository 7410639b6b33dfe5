import { createHash } from 'node:crypto';
import { keyAgreementsFrom } from '../src/crypto/groups.ts';
import type { Random } from '../src/crypto/primitives/random.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import type { Surroundings } from '../src/handshake/flow/surroundings.ts';
import { MemorySessionStore } from '../src/sessions/memory-session-store.ts';
import { TicketKeys } from '../src/sessions/ticket-keys.ts';
import { signingFrom } from './repeatable-signatures.ts';

const now = 1_700_000_000_000;

/** surroundingsKnown has a fixed clock and random bytes that count upwards: everything is repeatable. */
export function surroundingsKnown(random: Random = counting()): Surroundings {
  return { now: () => now, random, keyAgreement: keyAgreementsFrom(random), sign: signingFrom(random) };
}

export function ticketKeysKnown(): TicketKeys {
  return new TicketKeys(counting());
}

/** sessionsKnown is a store with that clock. */
export function sessionsKnown({ statistics }: Settings): MemorySessionStore {
  return new MemorySessionStore({ capacity: 10, now: () => now / 1000, statistics });
}

/** seeded returns pseudo-random bytes, the same for the same seed. */
export function seeded(seed: string): Random {
  let count = 0;
  return (outputLength) => createHash('shake256', { outputLength }).update(`${seed} ${count++}`).digest();
}

function counting(): Random {
  let next = 0;
  return (length) => Uint8Array.from({ length }, () => next++ & 0xff);
}
