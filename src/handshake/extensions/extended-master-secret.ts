import { extendedMasterSecret as kind } from '../../messages/extensions/extended-master-secret.ts';
import type { Flow } from '../flow/flow.ts';
import { serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 7627. The reference parses the body even when the extension is disabled. */
export const extendedMasterSecret = serverExtension(kind, {
  versions: 'upToTls12',
  offer: offer(kind, { where: 'tls_parse_ctos_ems' }),
  missing: { problem: 'inconsistentExtms', where: 'final_ems' },
  choose: isAgreed,
  answers: { serverHello12: (_round, agreed) => (agreed ? {} : undefined) },
});

function isAgreed(offered: object | undefined, { settings }: Flow): boolean {
  return settings.extendedMasterSecret && offered !== undefined;
}
