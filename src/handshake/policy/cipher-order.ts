import { type CipherSuite, cipherSuites } from '../../names/cipher-suites.ts';
import { Version } from '../../names/versions.ts';
import { listableSuites, suitesByNameOnly } from './cipher-words.ts';

type Wanted = (suite: CipherSuite) => boolean;

/**
 * CipherOrder holds the suites of a cipher string during parsing: all of them in one order, some of them chosen. A
 * removed suite keeps its position for a later `add`.
 */
export class CipherOrder {
  private entries: readonly Entry[];

  constructor(suites: readonly CipherSuite[]) {
    this.entries = suites.map((suite) => ({ suite, chosen: false }));
  }

  /** The chosen suites, in order. */
  get chosen(): readonly CipherSuite[] {
    return this.entries.filter((it) => it.chosen).map((it) => it.suite);
  }

  /** Chooses the matching suites, behind all others, unless already chosen. */
  add(wanted: Wanted): void {
    const [moved, rest] = this.part((it) => !it.chosen && wanted(it.suite));
    this.entries = [...rest, ...moved.map(({ suite }) => ({ suite, chosen: true }))];
  }

  /** Removes suites, so that the next `add` finds them first. */
  remove(wanted: Wanted): void {
    const [moved, rest] = this.part((it) => it.chosen && wanted(it.suite));
    this.entries = [...moved.map(({ suite }) => ({ suite, chosen: false })), ...rest];
  }

  /** Removes suites permanently. */
  forget(wanted: Wanted): void {
    this.entries = this.entries.filter((it) => !wanted(it.suite));
  }

  moveToEnd(wanted: Wanted): void {
    const [moved, rest] = this.part((it) => it.chosen && wanted(it.suite));
    this.entries = [...rest, ...moved];
  }

  moveToStart(wanted: Wanted): void {
    const [moved, rest] = this.part((it) => it.chosen && wanted(it.suite));
    this.entries = [...moved, ...rest];
  }

  /** Sorts by strength, strongest first; the order of equally strong ones is kept. */
  sortByStrength(): void {
    const strengths = new Set(this.chosen.map((it) => it.strengthBits));
    for (const bits of [...strengths].sort((one, other) => other - one)) {
      this.moveToEnd((it) => it.strengthBits === bits);
    }
  }

  private part(moves: (entry: Entry) => boolean): [moved: readonly Entry[], rest: readonly Entry[]] {
    return [this.entries.filter(moves), this.entries.filter((it) => !moves(it))];
  }
}

/**
 * All suites, none chosen, in the order of `ALL`: forward secret with AEAD, forward secret, other AEAD, the rest.
 * Within each TLS 1.2 first, then by strength; then RSA and PSK key exchange after the others, anonymous before them;
 * then AES-GCM, ChaCha20, other AES, the rest; then ECDHE first, of that ECDSA first; and finally by falling code
 * point.
 */
export function preferenceOrder(): CipherOrder {
  const known = new Set([...listableSuites, ...suitesByNameOnly]);
  const order = new CipherOrder(cipherSuites.filter((it) => known.has(it)).reverse());
  order.add((it) => it.keyExchange === 'ECDHE' && it.authentication === 'ECDSA');
  order.add((it) => it.keyExchange === 'ECDHE');
  order.remove(everything);
  order.add((it) => it.encryption.startsWith('AESGCM'));
  order.add((it) => it.encryption.startsWith('CHACHA20'));
  order.add((it) => it.encryption.startsWith('AES'));
  order.add(everything);
  order.moveToEnd((it) => it.mac === 'MD5');
  order.moveToEnd((it) => it.authentication === 'None');
  order.moveToEnd((it) => it.keyExchange === 'RSA');
  order.moveToEnd((it) => it.keyExchange === 'PSK');
  order.sortByStrength();
  order.moveToStart((it) => it.minVersion === Version['TLSv1.2']);
  order.moveToStart((it) => it.mac === 'AEAD');
  order.moveToStart(isForwardSecret);
  order.moveToStart((it) => isForwardSecret(it) && it.mac === 'AEAD');
  order.remove(everything);
  return order;
}

interface Entry {
  readonly suite: CipherSuite;
  readonly chosen: boolean;
}

function everything(): boolean {
  return true;
}

/** Ephemeral, but not with a PSK: OpenSSL excludes those here. */
function isForwardSecret({ keyExchange }: CipherSuite): boolean {
  return keyExchange === 'DHE' || keyExchange === 'ECDHE';
}
