import { encryptThenMac as kind } from '../../messages/extensions/encrypt-then-mac.ts';
import { encodeExtension } from '../../messages/extensions/extension.ts';
import type { Answer } from './answer.ts';
import { offer } from './offer.ts';

/** RFC 7366 */
export const encryptThenMac = offer(kind, { where: 'tls_parse_ctos_etm', versions: 'upToTls12' });

export const answerEncryptThenMac: Answer = ({ encryptThenMac: agreed }) =>
  agreed ? encodeExtension(kind, 'serverHello', {}) : undefined;
