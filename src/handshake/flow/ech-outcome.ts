import type { HpkeReceiver } from '../../crypto/hpke.ts';
import type { OuterClientHello } from '../../messages/extensions/encrypted-client-hello.ts';

/**
 * The result of a client's offer to encrypt its hello. `rejected` includes GREASE; for `backend` a server in front of
 * us decrypted the hello.
 */
export interface EchOutcome {
  readonly outcome: 'notOffered' | 'rejected' | 'accepted' | 'backend';
  /** Identifier of the client's configuration. */
  readonly configId?: number;
  /** The name in the outer hello; undefined unless the offer was accepted and it has one. */
  readonly outerServerName?: Uint8Array;
}

/** True when the ServerHello confirms the encrypted hello to the client. */
export function isConfirmed(ech: EchOutcome | undefined): boolean {
  return ech?.outcome === 'accepted' || ech?.outcome === 'backend';
}

/** The state kept from the first ClientHello to the second. */
export interface EchState {
  readonly outcome: EchOutcome;
  readonly accepted?: { readonly receiver: HpkeReceiver; readonly offer: OuterClientHello };
}
