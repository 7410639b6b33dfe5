import { Problem } from '../../names/problems.ts';
import { reportSignature } from '../decisions/choices.ts';
import type { Flow } from '../flow/flow.ts';
import type { ClientOffer } from './client-offer.ts';

/** Ends a handshake without a shared scheme before a signing certificate is looked for. @throws {Problem} */
export function checkSharedSchemes(flow: Flow, offer: ClientOffer): void {
  if (offer.sharedSchemes.length > 0) return;
  reportSignature(flow, offer, flow.settings.credentials, undefined);
  throw new Problem('noSharedSignatureAlgorithms', 'tls1_set_server_sigalgs');
}
