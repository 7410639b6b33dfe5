import { ecPointFormats as kind, PointFormat } from '../../messages/extensions/ec-point-formats.ts';
import type { Flow } from '../flow/flow.ts';
import { type Round12, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/**
 * RFC 8422 section 5.1.2. Answered in full handshakes with elliptic suites. The compressed forms are named, and ECDHE with a
 * PSK is left out, because the reference does so.
 */
export const ecPointFormats = serverExtension(kind, {
  versions: 'upToTls12',
  offer: offer(kind, { where: 'tls_parse_ctos_ec_pt_formats' }),
  choose: isAnswered,
  answers: { serverHello12: (_round, answered) => (answered ? ours : undefined) },
});

const ours = [PointFormat.uncompressed, PointFormat.ansiX962CompressedPrime, PointFormat.ansiX962CompressedChar2];

function isAnswered(offered: readonly number[] | undefined, _flow: Flow, { cipherSuite, resumed }: Round12): boolean {
  const elliptic = cipherSuite.keyExchange === 'ECDHE' || cipherSuite.authentication === 'ECDSA';
  return elliptic && !resumed && offered !== undefined;
}
