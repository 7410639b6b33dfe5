import type { HpkeReceiver } from '../../crypto/hpke.ts';
import type { OuterClientHello } from '../../messages/extensions/encrypted-client-hello.ts';

/**
 * What became of a client's offer to encrypt its hello. `rejected` may also be one that only looks like an offer; of
 * `backend` the hello was decrypted by a server before us.
 */
export interface EchOutcome {
  readonly outcome: 'notOffered' | 'rejected' | 'accepted' | 'backend';
  /** Of the configuration that the client has, as it says. */
  readonly configId?: number;
  /** What the hello around the encrypted one asks for; undefined unless the offer was accepted and it asks for a name. */
  readonly outerServerName?: Uint8Array;
}

/** Whether the client is told that what it encrypted is what we answer. */
export function isConfirmed(ech: EchOutcome | undefined): boolean {
  return ech?.outcome === 'accepted' || ech?.outcome === 'backend';
}

/** What is kept of it from the first ClientHello to the second. */
export interface EchState {
  readonly outcome: EchOutcome;
  readonly accepted?: { readonly receiver: HpkeReceiver; readonly offer: OuterClientHello };
}
