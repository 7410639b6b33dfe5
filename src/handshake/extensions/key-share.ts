import { keyShare as kind } from '../../messages/extensions/key-share.ts';
import { serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.8. The share is chosen before the extensions (key-share-choice.ts). */
export const keyShare = serverExtension(kind, {
  versions: 'fromTls13',
  offer: offer(kind, { where: 'tls_parse_ctos_key_share', malformed: 'lengthMismatch' }),
  missing: { problem: 'noSuitableKeyShare', where: 'final_key_share', alert: 'missing_extension' },
  answers: { serverHello13: ({ share }) => share, helloRetryRequest: ({ group }) => group },
});
