import { encodeExtension } from '../../messages/extensions/extension.ts';
import { maxFragmentLength as kind } from '../../messages/extensions/max-fragment-length.ts';
import { Problem } from '../../names/problems.ts';
import type { Answer } from './answer.ts';
import { offer, refine } from './offer.ts';

const where = 'tls_parse_ctos_maxfragmentlen';

/** RFC 6066 section 4: codes 1 to 4. */
export const maxFragmentLength = refine(offer(kind, { where }), (code) => {
  if (code < 1 || code > 4) throw new Problem('ssl3ExtInvalidMaxFragmentLength', where);
  return code;
});

export const answerMaxFragmentLength: Answer = ({ maxFragmentLength: code }) =>
  code > 0 ? encodeExtension(kind, 'serverHello', code) : undefined;

/** Bytes of content that a record may hold under this code. */
export function fragmentLimit(code: number): number {
  return code === 0 ? 16384 : 256 << code;
}
