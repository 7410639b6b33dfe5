import { pskKeyExchangeModes as kind } from '../../messages/extensions/psk-key-exchange-modes.ts';
import { serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.9: required with every pre_shared_key. */
export const pskKeyExchangeModes = serverExtension(kind, {
  versions: 'fromTls13',
  offer: offer(kind, { where: 'tls_parse_ctos_psk_kex_modes' }),
  missing: { problem: 'missingPskKexModesExtension', where: 'final_psk' },
});
