import type { Random } from '../../crypto/primitives/random.ts';
import type { PrivateKey } from '../../crypto/signatures.ts';
import { publicKeyInfo } from '../../crypto/signing-keys.ts';
import { KeyUsage } from '../extensions/usage.ts';
import { type CertificateRecipe, issueCertificate, randomSerial } from './certificate-recipe.ts';
import { type CertificateSigner, certificateSigner } from './certificate-signer.ts';
import {
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  serverAuth,
  subjectAltName,
  subjectKeyIdentifier,
} from './extension-writer.ts';
import { commonName, subjectFor } from './name-writer.ts';

/** Issuing is what every certificate depends on besides its own key and names. */
export interface Issuing {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: Random;
}

/** Authority signs certificates. Byte fields are DER. */
export interface Authority {
  readonly certificate: Uint8Array;
  readonly subject: Uint8Array;
  readonly publicKeyInfo: Uint8Array;
  readonly signer: CertificateSigner;
  readonly notAfter: number;
  /** The certificates between a leaf and the root, which servers send: its own first; none for a root. */
  readonly sent: readonly Uint8Array[];
}

const hour = 60 * 60 * 1000;
export const day = 24 * hour;

/** Days that certificates are valid. */
const lifetimes = { root: 730, leaf: 30 } as const;

/** rootRecipe describes a root that may vouch for any name. */
export function rootRecipe(
  key: PrivateKey,
  { name, now, random }: Issuing & { readonly name: string },
): CertificateRecipe {
  const info = publicKeyInfo(key);
  return {
    ...begun({ now, random }, lifetimes.root),
    issuer: commonName(name),
    subject: commonName(name),
    publicKeyInfo: info,
    extensions: [basicConstraints({}), keyUsage(KeyUsage.keyCertSign | KeyUsage.crlSign), subjectKeyIdentifier(info)],
    signer: certificateSigner(key),
  };
}

/** rootAuthority signs the recipe with the key that it was made for. */
export function rootAuthority(key: PrivateKey, recipe: CertificateRecipe): Authority {
  return { ...authorityOf(key, recipe), sent: [] };
}

/** intermediateRecipe describes an authority that signs leaves alone, until its issuer ends. */
export function intermediateRecipe(
  key: PrivateKey,
  issuer: Authority,
  { name, now, random }: Issuing & { readonly name: string },
): CertificateRecipe {
  const info = publicKeyInfo(key);
  return {
    ...within(issuer, begun({ now, random }, lifetimes.root)),
    issuer: issuer.subject,
    subject: commonName(name),
    publicKeyInfo: info,
    extensions: [
      basicConstraints({ pathLength: 0 }),
      keyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.crlSign),
      subjectKeyIdentifier(info),
      authorityKeyIdentifier(issuer.publicKeyInfo),
    ],
    signer: issuer.signer,
  };
}

/** intermediateAuthority signs the recipe with its issuer's key. */
export function intermediateAuthority(key: PrivateKey, recipe: CertificateRecipe, issuer: Authority): Authority {
  const authority = authorityOf(key, recipe);
  return { ...authority, sent: [authority.certificate, ...issuer.sent] };
}

export interface Leaf extends Issuing {
  /** Host names and IP addresses; the first is the common name. */
  readonly names: readonly string[];
  readonly publicKeyInfo: Uint8Array;
  readonly days?: number | undefined;
}

/** serverRecipe describes a server's certificate. `issuer`: an authority, or the signer of a self-signed one. */
export function serverRecipe(leaf: Leaf, issuer: Authority | CertificateSigner): CertificateRecipe {
  const { names } = leaf;
  const subject = subjectFor(names[0] ?? 'localhost');
  return leafRecipe(leaf, issuer, subject, [
    subjectAltName(names),
    // Not an authority: clients refuse a CA certificate as a server's.
    basicConstraints('none'),
    keyUsage(KeyUsage.digitalSignature | keyTransport(leaf.publicKeyInfo)),
    extendedKeyUsage(serverAuth),
  ]);
}

function leafRecipe(
  leaf: Leaf,
  issuer: Authority | CertificateSigner,
  subject: Uint8Array,
  extensions: readonly Uint8Array[],
): CertificateRecipe {
  const { publicKeyInfo: info, days = lifetimes.leaf } = leaf;
  const own = { ...begun(leaf, days), subject, publicKeyInfo: info };
  const identified = [...extensions, subjectKeyIdentifier(info)];
  if (!('certificate' in issuer)) return { ...own, issuer: subject, extensions: identified, signer: issuer };
  return {
    ...within(issuer, own),
    issuer: issuer.subject,
    extensions: [...identified, authorityKeyIdentifier(issuer.publicKeyInfo)],
    signer: issuer.signer,
  };
}

/** An hour back, for clients whose clock is behind. */
function begun({ now, random }: Issuing, days: number) {
  const notBefore = days < 0 ? now + days * day - lifetimes.leaf * day : now - hour;
  return { version: 3 as const, serialNumber: randomSerial(random), notBefore, notAfter: now + days * day };
}

/** No certificate outlives its issuer. */
function within<T extends Pick<CertificateRecipe, 'notAfter'>>(issuer: Authority, recipe: T): T {
  return { ...recipe, notAfter: Math.min(recipe.notAfter, issuer.notAfter) };
}

function authorityOf(key: PrivateKey, recipe: CertificateRecipe): Omit<Authority, 'sent'> {
  const { subject, publicKeyInfo: info, notAfter } = recipe;
  const certificate = issueCertificate(recipe);
  return { certificate, subject, publicKeyInfo: info, signer: certificateSigner(key), notAfter };
}

/** An RSA key may decrypt the premaster secret up to TLS 1.2 (RFC 5246 section 7.4.2). */
function keyTransport(info: Uint8Array): number {
  return Buffer.from(info).includes(rsaEncryption) ? KeyUsage.keyEncipherment : 0;
}

/** OBJECT IDENTIFIER 1.2.840.113549.1.1.1 with its NULL. */
const rsaEncryption = Buffer.from('06092a864886f70d0101010500', 'hex');
