import { preSharedKey as kind } from '../../messages/extensions/pre-shared-key.ts';
import { serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.11. The PSK is chosen before the extensions (resume13.ts); the answer is its index. */
export const preSharedKey = serverExtension(kind, {
  versions: 'fromTls13',
  offer: offer(kind, { where: 'tls_parse_ctos_psk' }),
  answers: { serverHello13: ({ selectedPsk }) => selectedPsk },
});
