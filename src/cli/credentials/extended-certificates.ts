import type { ExtendedCredential, SecurityLevel } from '../../handshake/flow/settings.ts';
import { minimumBits } from '../../handshake/policy/security-level.ts';
import { checkCredential, credential } from '../../x509/files/credential.ts';
import { loadCertificate, loadCertificates, loadPrivateKey } from '../../x509/files/load.ts';
import { LoadFailure } from '../../x509/files/load-failure.ts';
import { issuersIn, verifiedChain } from '../../x509/trust/own-chain.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import { type FileForm, fileForm } from '../arguments/format.ts';
import type { Given } from '../arguments/given.ts';
import { type Identity, loading } from './identities.ts';

/** ExtendedIdentity is one certificate of `-xcert`, as loaded. */
export interface ExtendedIdentity extends Identity {
  readonly buildsChain: boolean;
}

/** loadExtended loads the families of `-xcert`, the last one first as the reference does. @throws {Stop} */
export function loadExtended(given: readonly Given[]): ExtendedIdentity[] {
  // Only a single family can be without a certificate, and then has no effect.
  const families = familiesIn(given).flatMap(({ certificate, ...more }) =>
    certificate === undefined ? [] : [{ certificate, ...more }],
  );
  return families.reverse().map(loadFamily).reverse();
}

interface Family {
  certificate?: string;
  form?: FileForm | undefined;
  key?: string;
  keyForm?: FileForm | undefined;
  chain?: string;
  buildsChain?: boolean;
}

/** familiesIn begins the next family at `-xcert`, unless the one before has no certificate yet. */
function familiesIn(given: readonly Given[]): Family[] {
  const families: Family[] = [];
  for (const { name, value } of given) {
    if (!familyOptions.has(name)) continue;
    let family = families.at(-1);
    if (family === undefined || (name === 'xcert' && family.certificate !== undefined)) {
      family = {};
      families.push(family);
    }
    if (name === 'xcert') family.certificate = String(value);
    if (name === 'xcertform') family.form = fileForm(String(value));
    if (name === 'xkey') family.key = String(value);
    if (name === 'xkeyform') family.keyForm = fileForm(String(value));
    if (name === 'xchain') family.chain = String(value);
    if (name === 'xchain_build') family.buildsChain = true;
  }
  return families;
}

const familyOptions: ReadonlySet<string> = new Set([
  'xcert',
  'xcertform',
  'xkey',
  'xkeyform',
  'xchain',
  'xchain_build',
]);

function loadFamily(family: Family & { readonly certificate: string }): ExtendedIdentity {
  const { certificate, form, key, keyForm, chain, buildsChain = false } = family;
  return loading(() => ({
    certificate: loadCertificate({ file: certificate, description: 'Server Certificate', form }),
    key: loadPrivateKey({ file: key ?? certificate, description: 'server key', form: keyForm }),
    chain: chain === undefined ? [] : loadCertificates({ file: chain, description: 'server chain' }),
    buildsChain,
  }));
}

/** extendedCredential checks the key and builds the chain only when the certificate is used. */
export function extendedCredential(
  { key, certificate, chain, buildsChain }: ExtendedIdentity,
  level: SecurityLevel,
  store: TrustStore,
): ExtendedCredential {
  const bits = minimumBits(level);
  const single = loading(() => credential(key, [certificate]));
  const refused = refusal(() => checkCredential(single, bits));
  if (refused !== undefined) return { credential: single, chain, fault: refused };
  if (buildsChain) {
    const built = verifiedChain([certificate], store, bits);
    return { credential: { ...single, chain: built.chain ?? single.chain }, chain, fault: built.lines };
  }
  const full = { ...single, chain: [certificate, ...(chain.length > 0 ? chain : issuersIn(store, certificate))] };
  return { credential: full, chain, fault: refusal(() => checkCredential(full, bits)) };
}

function refusal(check: () => void): LoadFailure['lines'] | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    return error.lines;
  }
}
