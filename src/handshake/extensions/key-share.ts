import { type Extension, encodeExtension } from '../../messages/extensions/extension.ts';
import { type KeyShareEntry, keyShare as kind } from '../../messages/extensions/key-share.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.8 */
export const keyShare = offer(kind, {
  where: 'tls_parse_ctos_key_share',
  versions: 'fromTls13',
  malformed: 'lengthMismatch',
});

export function keyShareAnswer(share: KeyShareEntry): Extension {
  return encodeExtension(kind, 'serverHello', share);
}

/** Asks for a share of this group. */
export function keyShareRequest(group: number): Extension {
  return encodeExtension(kind, 'helloRetryRequest', group);
}
