import { type Extension, encodeExtension } from '../../messages/extensions/extension.ts';
import { preSharedKey as kind } from '../../messages/extensions/pre-shared-key.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.11 */
export const preSharedKey = offer(kind, { where: 'tls_parse_ctos_psk', versions: 'fromTls13' });

/** The index of the identity that was chosen. */
export function preSharedKeyAnswer(selected: number): Extension {
  return encodeExtension(kind, 'serverHello', selected);
}
