import { type SignatureScheme, signatureSchemeNamed, signatureSchemes } from '../../names/signature-schemes.ts';
import { ListFailure, listItems } from './list-failure.ts';

/**
 * Parses the list of `-sigalgs` and `-client_sigalgs`: names of schemes, or an algorithm and a hash joined by `+` in
 * either order; one after a `?` (OpenSSL 3.4) may be unknown. Throws `ListFailure`, without a line like the reference,
 * for unknown and repeated ones and for empty lists.
 */
export function applySignatureAlgorithms(text: string): readonly SignatureScheme[] {
  const schemes: SignatureScheme[] = [];
  for (const item of listItems(text)) {
    const mayBeUnknown = item.startsWith('?');
    const scheme = lookUp(mayBeUnknown ? item.slice(1) : item);
    if (scheme === undefined && mayBeUnknown) continue;
    if (scheme === undefined) throw new ListFailure(`unknown signature algorithm '${item}'`);
    if (schemes.includes(scheme)) throw new ListFailure(`signature algorithm '${item}' is named twice`);
    schemes.push(scheme);
  }
  if (schemes.length === 0) throw new ListFailure('no signature algorithm is left');
  return schemes;
}

function lookUp(name: string): SignatureScheme | undefined {
  if (name.includes('+')) return fromParts(name);
  const scheme = signatureSchemeNamed(name);
  // OpenSSL 3.0 has no names for these, only parts and numbers.
  return scheme && /^(dsa_|gost)/.test(scheme.name) ? undefined : scheme;
}

/** `RSA-PSS` selects the schemes for ordinary RSA keys. */
function fromParts(name: string): SignatureScheme | undefined {
  const parts = name.split('+');
  const algorithm = parts.map((it) => algorithms.get(it)).find((it) => it !== undefined);
  const hash = parts.map((it) => hashes.get(it)).find((it) => it !== undefined);
  if (parts.length !== 2 || algorithm === undefined || hash === undefined) return undefined;
  return signatureSchemes.find((it) => !it.newer && it.line === `${algorithm}+${hash}`);
}

const algorithms = new Map([
  ['RSA', 'RSA'],
  ['RSA-PSS', 'RSA-PSS'],
  ['PSS', 'RSA-PSS'],
  ['DSA', 'DSA'],
  ['ECDSA', 'ECDSA'],
]);

const hashes = new Map(
  ['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512'].flatMap((hash) => [
    [hash, hash],
    [hash.toLowerCase(), hash],
  ]),
);
