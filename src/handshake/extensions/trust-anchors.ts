import { equal } from '../../bytes/hex.ts';
import { trustAnchors as kind } from '../../messages/extensions/trust-anchors.ts';
import type { Flow } from '../flow/flow.ts';
import { type Round13, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** Our identifiers, and whether the client named one of them. */
export interface Anchors {
  readonly available: readonly Uint8Array[];
  readonly matched: boolean;
}

/** draft-ietf-tls-trust-anchor-ids. There is one chain: the answer names its anchors, so that the client may retry. */
export const trustAnchors = serverExtension(kind, {
  versions: 'fromTls13',
  offer: offer(kind, { where: 'tls_parse_ctos_trust_anchors' }),
  isOn: (settings) => (settings.trustAnchors ?? []).length > 0,
  choose: match,
  answers: {
    encryptedExtensions: (_round, anchors) => anchors?.available,
    certificate: ({ isLeaf }, anchors) => (isLeaf && anchors?.matched ? {} : undefined),
  },
});

/** Undefined when nothing is negotiated: a resumption sends no certificate. */
function match(
  offered: readonly Uint8Array[] | undefined,
  { settings: { trustAnchors: available = [] } }: Flow,
  { credential }: Round13,
): Anchors | undefined {
  if (offered === undefined || credential === undefined) return undefined;
  return { available, matched: offered.some((id) => available.some((it) => equal(it, id))) };
}
