import { srp as kind } from '../../messages/extensions/srp.ts';
import { Problem } from '../../names/problems.ts';
import { serverExtension } from './extension.ts';
import { offer, refine } from './offer.ts';

const where = 'tls_parse_ctos_srp';

/** RFC 5054 section 2.8.1. The reference refuses names with a NUL. */
export const srp = serverExtension(kind, {
  versions: 'upToTls12',
  offer: refine(offer(kind, { where }), (name) => {
    if (name.includes(0)) throw new Problem('badExtension', where);
    return Uint8Array.from(name);
  }),
});
