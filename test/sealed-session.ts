import { randomBytes } from '../src/crypto/primitives/random.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import type { Session } from '../src/sessions/session.ts';
import { sessionToDer } from '../src/sessions/session-der.ts';

/** sealedSession is the ticket of a session by the keys of these settings. */
export function sealedSession({ ticketKeys }: Settings, session: Session, random = randomBytes): Uint8Array {
  const ticket = ticketKeys.seal(sessionToDer(session), random);
  if (ticket instanceof Uint8Array) return ticket;
  throw new Error('these settings seal no tickets at once');
}
