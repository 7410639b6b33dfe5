import { extendedMasterSecret as kind } from '../../messages/extensions/extended-master-secret.ts';
import { encodeExtension } from '../../messages/extensions/extension.ts';
import type { Answer } from './answer.ts';
import { offer } from './offer.ts';

/** RFC 7627 */
export const extendedMasterSecret = offer(kind, { where: 'tls_parse_ctos_ems', versions: 'upToTls12' });

export const answerExtendedMasterSecret: Answer = ({ extendedMasterSecret: agreed }) =>
  agreed ? encodeExtension(kind, 'serverHello', {}) : undefined;
