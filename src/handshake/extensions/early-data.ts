import { earlyData as kind } from '../../messages/extensions/early-data.ts';
import { type Extension, encodeExtension } from '../../messages/extensions/extension.ts';
import type { Answer } from './answer.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.10 */
export const earlyData = offer(kind, { where: 'tls_parse_ctos_early_data', versions: 'fromTls13' });

export const answerEarlyData: Answer = ({ earlyData: fate }) =>
  fate === 'accepted' ? encodeExtension(kind, 'encryptedExtensions', {}) : undefined;

/** In a ticket: how many bytes may be sent. */
export function earlyDataInTicket(max: number): Extension {
  return encodeExtension(kind, 'newSessionTicket', max);
}
