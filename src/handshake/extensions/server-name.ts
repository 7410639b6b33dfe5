import { encodeExtension } from '../../messages/extensions/extension.ts';
import { hostNameType, serverName as kind } from '../../messages/extensions/server-name.ts';
import { Problem } from '../../names/problems.ts';
import type { Answer } from './answer.ts';
import { offer, refine } from './offer.ts';

const where = 'tls_parse_ctos_server_name';

/** RFC 6066 section 3. Like the reference we take exactly one name, of at most 255 bytes without NUL. */
export const serverName = refine(offer(kind, { where }), (names) => {
  const [first] = names;
  if (names.length !== 1 || first?.nameType !== hostNameType) throw new Problem('badExtension', where);
  if (first.name.length > 255 || first.name.includes(0)) {
    throw new Problem('badExtension', where, { alert: 'unrecognized_name' });
  }
  return Uint8Array.from(first.name);
});

export const answerServerName: Answer = ({ serverNameAccepted, resumed }) =>
  serverNameAccepted && !resumed ? encodeExtension(kind, 'serverHello', {}) : undefined;
