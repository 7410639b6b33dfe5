import { renegotiationInfo as kind } from '../../messages/extensions/renegotiation-info.ts';
import type { Flow } from '../flow/flow.ts';
import { bothFinished } from '../policy/renegotiation.ts';
import { type Round12, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 5746. The choice is our answer: both verify_data of the handshake before, empty in a first one. */
export const renegotiationInfo = serverExtension(kind, {
  versions: 'upToTls12',
  offer: offer(kind, { where: 'tls_parse_ctos_renegotiate', malformed: 'renegotiationEncodingErr' }),
  choose: repeated,
  answers: { serverHello12: (_round, previousFinished) => previousFinished },
});

/** Undefined unless the client supports RFC 5746, by extension or by signalling suite. */
function repeated(offered: Uint8Array | undefined, { previous }: Flow, { hello }: Round12): Uint8Array | undefined {
  return offered !== undefined || hello.signalsRenegotiationInfo ? bothFinished(previous?.info) : undefined;
}
