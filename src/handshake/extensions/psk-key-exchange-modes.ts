import { pskKeyExchangeModes as kind } from '../../messages/extensions/psk-key-exchange-modes.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.9 */
export const pskKeyExchangeModes = offer(kind, { where: 'tls_parse_ctos_psk_kex_modes', versions: 'fromTls13' });
