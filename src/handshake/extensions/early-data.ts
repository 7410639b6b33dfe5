import { earlyData as kind } from '../../messages/extensions/early-data.ts';
import { earlyDataReason } from '../flow/early-data-fate.ts';
import type { Flow } from '../flow/flow.ts';
import { type Round13, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.10. In a ticket it limits the bytes of early data. */
export const earlyData = serverExtension(kind, {
  versions: 'fromTls13',
  offer: offer(kind, { where: 'tls_parse_ctos_early_data' }),
  choose: fateOf,
  answers: {
    encryptedExtensions: (_round, fate) => (fate === 'accepted' ? {} : undefined),
    newSessionTicket: ({ maxEarlyData }) => (maxEarlyData > 0 ? maxEarlyData : undefined),
  },
});

function fateOf(
  offered: object | undefined,
  { settings }: Flow,
  round: Round13,
): 'notOffered' | 'rejected' | 'accepted' {
  if (offered === undefined) return 'notOffered';
  return earlyDataReason({ ...round, settings }) === 'accepted' ? 'accepted' : 'rejected';
}
