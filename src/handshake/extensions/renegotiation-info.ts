import { encodeExtension } from '../../messages/extensions/extension.ts';
import { renegotiationInfo as kind } from '../../messages/extensions/renegotiation-info.ts';
import type { Answer } from './answer.ts';
import { offer } from './offer.ts';

/** RFC 5746 */
export const renegotiationInfo = offer(kind, {
  where: 'tls_parse_ctos_renegotiate',
  versions: 'upToTls12',
  malformed: 'renegotiationEncodingErr',
});

/** Sent when the client shows that it knows RFC 5746, by extension or by signalling suite. */
export const answerRenegotiationInfo: Answer = ({ secureRenegotiation, previousFinished }) =>
  secureRenegotiation ? encodeExtension(kind, 'serverHello', previousFinished) : undefined;
