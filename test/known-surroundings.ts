import type { Surroundings } from '../src/handshake/flow.ts';
import { TicketKeys } from '../src/sessions/ticket-keys.ts';

/** A clock that stands still and random bytes that count upwards: what is done twice comes out the same. */
export function surroundingsKnown(): Surroundings {
  return { now: () => 1_700_000_000_000, random: counting() };
}

export function ticketKeysKnown(): TicketKeys {
  return new TicketKeys(counting());
}

function counting(): (length: number) => Uint8Array {
  let next = 0;
  return (length) => Uint8Array.from({ length }, () => next++ & 0xff);
}
