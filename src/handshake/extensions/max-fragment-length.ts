import { maxFragmentLength as kind } from '../../messages/extensions/max-fragment-length.ts';
import { Problem } from '../../names/problems.ts';
import type { Flow } from '../flow/flow.ts';
import { type Round, serverExtension } from './extension.ts';
import { offer, refine } from './offer.ts';

const where = 'tls_parse_ctos_maxfragmentlen';

/** RFC 6066 section 4: codes 1 to 4. The choice is the code, 0 for none. */
export const maxFragmentLength = serverExtension(kind, {
  versions: 'any',
  offer: refine(offer(kind, { where }), (code) => {
    if (code < 1 || code > 4) throw new Problem('ssl3ExtInvalidMaxFragmentLength', where);
    return code;
  }),
  choose: chosenCode,
  answers: { serverHello12: repeated, encryptedExtensions: repeated },
});

/** RFC 8449 section 5: record_size_limit takes precedence. */
function chosenCode(offered: number | undefined, _flow: Flow, { offers: { recordSizeLimit } }: Round): number {
  return recordSizeLimit === undefined ? (offered ?? 0) : 0;
}

function repeated(_subject: unknown, code: number) {
  return code > 0 ? code : undefined;
}
