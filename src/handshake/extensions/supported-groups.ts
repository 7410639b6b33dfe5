import { encodeExtension } from '../../messages/extensions/extension.ts';
import { supportedGroups as kind } from '../../messages/extensions/supported-groups.ts';
import { Version } from '../../names/versions.ts';
import { usableGroups } from '../group-choice.ts';
import type { Answer } from './answer.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.7 */
export const supportedGroups = offer(kind, { where: 'tls_parse_ctos_supported_groups' });

/** Our own list, when the client could have done better than with the group in use (RFC 8446 section 4.2.7). */
export const answerSupportedGroups: Answer = ({ settings, group }) => {
  const ours = usableGroups(settings, Version['TLSv1.3']).map(({ code }) => code);
  if (group === undefined || ours.length === 0 || ours[0] === group.code) return undefined;
  return encodeExtension(kind, 'encryptedExtensions', ours);
};
