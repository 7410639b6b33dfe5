import { system } from '../../../src/handshake/flow/surroundings.ts';
import { TicketKeys } from '../../../src/sessions/ticket-keys.ts';
import type { TicketProtection } from '../../../src/sessions/ticket-protection.ts';
import { perhapsLater } from './callbacks.ts';
import { base64, type FlagTable, toggle } from './flag.ts';

/** The protection of tickets. */
export interface TicketPlan {
  readonly stepwise: boolean;
  /** Who seals and opens: the keys of the run, or a callback with keys of its own. */
  ticketsBy: 'keys' | 'callback';
  /** What becomes of a client's ticket. */
  ticketFate: 'opened' | 'skipped' | 'renewed';
  /** Name and keys of the first connection, 48 bytes. */
  ticketKey: Uint8Array | undefined;
}

export function ticketPlan(): Omit<TicketPlan, 'stepwise'> {
  return { ticketsBy: 'keys', ticketFate: 'opened', ticketKey: undefined };
}

export const ticketFlags: FlagTable<TicketPlan> = {
  'use-ticket-callback': toggle((plan) => {
    plan.ticketsBy = 'callback';
  }),
  'use-ticket-aead-callback': toggle((plan) => {
    plan.ticketsBy = 'callback';
  }),
  'skip-ticket': toggle((plan) => {
    plan.ticketFate = 'skipped';
  }),
  'renew-ticket': toggle((plan) => {
    plan.ticketFate = 'renewed';
  }),
  'ticket-key': base64((plan, key) => {
    plan.ticketKey = key;
  }),
};

/** The keys of a callback are the same in every run. */
const keysOfCallback = new Uint8Array(48);

/** ticketProtection returns who seals and opens tickets; `keys` are those of the run. */
export function ticketProtection(plan: TicketPlan, keys: TicketProtection): TicketProtection {
  if (plan.ticketsBy === 'keys') return keys;
  const own = new TicketKeys(system.random, keysOfCallback);
  return {
    seal: (session, random) => perhapsLater(plan, () => own.seal(session, random)),
    open: (ticket) =>
      perhapsLater(plan, () => {
        const opened = plan.ticketFate === 'skipped' ? undefined : own.open(ticket);
        return opened && { ...opened, renew: plan.ticketFate === 'renewed' };
      }),
  };
}
