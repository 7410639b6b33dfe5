import { encodeExtension } from '../../messages/extensions/extension.ts';
import { nextProtocolNegotiation as kind } from '../../messages/extensions/next-protocol-negotiation.ts';
import type { Answer } from './answer.ts';
import { offer } from './offer.ts';

/** draft-agl-tls-nextprotoneg-04 */
export const nextProtocolNegotiation = offer(kind, { where: 'tls_parse_ctos_npn', versions: 'upToTls12' });

/** All of our protocols: the client chooses, under encryption. */
export const answerNextProtocolNegotiation: Answer = ({ nextProtocols }) =>
  nextProtocols &&
  encodeExtension(
    kind,
    'serverHello',
    nextProtocols.map((name) => Buffer.from(name, 'latin1')),
  );
