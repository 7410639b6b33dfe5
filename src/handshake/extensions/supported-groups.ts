import { supportedGroups as kind } from '../../messages/extensions/supported-groups.ts';
import { Version } from '../../names/versions.ts';
import { usableGroups } from '../hello/group-choice.ts';
import { type Round13, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.7. In TLS 1.3 required by servers that use a key share. */
export const supportedGroups = serverExtension(kind, {
  versions: 'any',
  offer: offer(kind, { where: 'tls_parse_ctos_supported_groups' }),
  missing: { problem: 'missingSupportedGroupsExtension', where: 'tls_parse_ctos_key_share' },
  answers: { encryptedExtensions: ourGroups },
});

/** Our own list, when the client could have used a group that we prefer (RFC 8446 section 4.2.7). */
function ourGroups({ settings, group }: Round13): number[] | undefined {
  const ours = usableGroups(settings, Version['TLSv1.3']).map(({ code }) => code);
  return group === undefined || ours.length === 0 || ours[0] === group.code ? undefined : ours;
}
