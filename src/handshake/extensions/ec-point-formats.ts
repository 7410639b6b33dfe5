import { ecPointFormats as kind, PointFormat } from '../../messages/extensions/ec-point-formats.ts';
import { encodeExtension } from '../../messages/extensions/extension.ts';
import type { Answer } from './answer.ts';
import { offer } from './offer.ts';

/** RFC 8422 section 5.1.2 */
export const ecPointFormats = offer(kind, { where: 'tls_parse_ctos_ec_pt_formats', versions: 'upToTls12' });

const ours = [PointFormat.uncompressed, PointFormat.ansiX962CompressedPrime, PointFormat.ansiX962CompressedChar2];

/**
 * Said in full handshakes with elliptic suites. The compressed forms are named, and ECDHE with a PSK is left out, because
 * the reference does so.
 */
export const answerEcPointFormats: Answer = ({ offers, cipherSuite, resumed }) => {
  const elliptic = cipherSuite.keyExchange === 'ECDHE' || cipherSuite.authentication === 'ECDSA';
  return elliptic && !resumed && offers.ecPointFormats ? encodeExtension(kind, 'serverHello', ours) : undefined;
};
