import { latin1 } from '../../bytes/hex.ts';
import type { Notes, Observer } from '../../connection/observer.ts';
import { certificateCheckLines } from './certificate-check-lines.ts';
import { encryptedHelloLines, hostnameLine } from './server-name-lines.ts';

/** Streams for the lines. */
export interface NoteStreams {
  out(text: string): void;
  err(text: string): void;
}

/** NoteTexts formats what the client has named. */
export interface NoteTexts {
  /** A distinguished name (DER), per `-nameopt`. */
  readonly nameText: (name: Uint8Array) => string;
  /** Any other text; the reference prints its control characters. */
  readonly peerText: (text: string) => string;
}

/**
 * negotiationNotes prints the reference's lines about a handshake's choices and the session cache.
 */
export function negotiationNotes(to: NoteStreams, { nameText, peerText }: NoteTexts): Observer {
  const lines: { readonly [K in keyof Notes]: (facts: Notes[K]) => void } = {
    alpn({ offered, selected }) {
      to.out(`ALPN protocols advertised by the client: ${peerText(offered.map(latin1).join(', '))}\n`);
      if (selected) to.out(`ALPN protocols selected: ${peerText(latin1(selected))}\n`);
    },
    serverName({ name, switched }) {
      to.out(hostnameLine(name));
      if (switched) to.out('Switching server context.\n');
    },
    encryptedHello(facts) {
      to.out(encryptedHelloLines(facts));
    },
    unexpectedPskIdentity({ identity, expected }) {
      to.out(
        `PSK warning: client identity not what we expected (got '${peerText(identity)}' expected '${expected}')\n`,
      );
    },
    unusablePsk({ key, fault }) {
      if (fault === 'notHex') to.err(`Could not convert PSK key '${key}' to buffer\n`);
      else to.err(`psk buffer of callback is too small (${fault.limit}) for key (${fault.length})\n`);
    },
    srpLogin(facts) {
      printSrpLogin(facts, to);
    },
    certificateCheck(facts) {
      to.err(certificateCheckLines(facts, nameText));
    },
    ...handledElsewhere,
    statelessRetry() {
      to.out('DELAY\n');
    },
    flightRepeated() {
      to.err('TIMEOUT occurred\n');
    },
    sessionLookup({ found }) {
      to.err(`Lookup session: cache ${found ? 'hit' : 'miss'}\n`);
    },
    sessionStored() {
      to.err('New session added to external cache\n');
    },
  };
  return { note: (kind, facts) => lines[kind](facts) };
}

const handledElsewhere = {
  // An observer of its own prints these: it needs much that few connections use.
  certificateStatus() {},
  // The facts handle these.
  fetched() {},
  innerHello() {},
  // The conversation handles these.
  clientVerified() {},
  earlyDataOver() {},
  // `-debug` prints these, too.
  pskWanted() {},
  pskFetched() {},
};

function printSrpLogin({ name, user }: Notes['srpLogin'], to: NoteStreams): void {
  to.err(`SRP username = "${name}"\n`);
  to.out(`LOOKUP during accept ${name}\n`);
  // The reference's C library prints this for a user without information.
  const info = user?.info ?? '(null)';
  to.out(user ? `LOOKUP done ${info}\n` : 'LOOKUP not successful\n');
  to.err(user ? `SRP parameters set: username = "${name}" info="${info}" \n` : `User ${name} doesn't exist\n`);
}
