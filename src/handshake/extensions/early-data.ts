import { earlyData as kind } from '../../messages/extensions/early-data.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.10 */
export const earlyData = offer(kind, { where: 'tls_parse_ctos_early_data', versions: 'fromTls13' });
