import { Problem } from '../../names/problems.ts';
import { reportSignature } from '../decisions/choices.ts';
import type { Flow } from '../flow/flow.ts';
import type { ClientOffer } from './client-offer.ts';

/** A list that has nothing in common with ours ends the handshake before anything is looked for that signs. @throws {Problem} */
export function checkSharedSchemes(flow: Flow, offer: ClientOffer): void {
  if (offer.sharedSchemes.length > 0) return;
  reportSignature(flow, offer, flow.settings.credentials, undefined);
  throw new Problem('noSharedSignatureAlgorithms', 'tls1_set_server_sigalgs');
}
