import { encryptThenMac as kind } from '../../messages/extensions/encrypt-then-mac.ts';
import type { Flow } from '../flow/flow.ts';
import { isCbc } from '../flow/protections.ts';
import { type Round12, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 7366 */
export const encryptThenMac = serverExtension(kind, {
  versions: 'upToTls12',
  offer: offer(kind, { where: 'tls_parse_ctos_etm' }),
  isOn: (settings) => settings.encryptThenMac,
  choose: isAgreed,
  answers: { serverHello12: (_round, agreed) => (agreed ? {} : undefined) },
});

function isAgreed(offered: object | undefined, { settings }: Flow, { cipherSuite }: Round12): boolean {
  return settings.encryptThenMac && offered !== undefined && isCbc(cipherSuite);
}
