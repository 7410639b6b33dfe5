import { type SignatureScheme, signatureScheme } from '../../names/signature-schemes.ts';
import { Version } from '../../names/versions.ts';
import type { KeyType } from '../../x509/files/credential.ts';
import type { Telling } from '../flow/telling.ts';
import { allowsScheme, schemeSecurityBits } from '../policy/security-level.ts';
import { legacyScheme, ownSchemeCodes, type SignatureSettings, signingKeyType } from '../policy/signature-choice.ts';
import { type Asking, told } from './asking.ts';

export interface SchemesAsking extends Asking {
  readonly tell: Pick<Telling, 'decision'>;
  readonly settings: SignatureSettings;
}

type Which = 'Shared' | 'Supported' | 'Check';

/**
 * Reports the list of the client, or with `-serverpref` ours: the reference counts the shared schemes, and then
 * collects them.
 */
export function tellSharedSchemes(asking: SchemesAsking, peer: readonly number[], version: number): void {
  if (asking.tell.decision === undefined) return;
  const own = ownSchemeCodes(asking.settings);
  const [preferred, other] = asking.settings.serverPreference ? [own, peer] : [peer, own];
  const isShared = (code: number) => ask(asking, 'Shared', code, version) && other.includes(code);
  if (preferred.filter(isShared).length > 0) preferred.forEach(isShared);
}

/** Reports the schemes assumed for a client without the extension, by type of key. */
export function tellImpliedSchemes(asking: SchemesAsking, version: number): void {
  if (asking.tell.decision === undefined) return;
  for (const keyType of ['RSA', 'DSA', 'EC'] as const) tellLegacyScheme(asking, keyType, version);
}

/** Reports the scheme of a type of key that needs no negotiation. */
export function tellLegacyScheme(asking: SchemesAsking, keyType: KeyType, version: number): void {
  const scheme = legacyScheme(keyType, version);
  if (asking.tell.decision !== undefined && scheme !== undefined)
    question(asking, 'Supported Signature Algorithm', scheme);
}

/** Reports the checks for the certificate types of a request: one scheme of each is enough. */
export function tellSchemeMask(asking: SchemesAsking, version: number): void {
  if (asking.tell.decision === undefined) return;
  const enabled = new Set<string>();
  for (const code of ownSchemeCodes(asking.settings)) {
    const scheme = askable(code, version);
    const family = scheme && familyOf(scheme);
    if (scheme === undefined || family === undefined || enabled.has(family)) continue;
    if (question(asking, 'Signature Algorithm mask', scheme)) enabled.add(family);
  }
}

/** Reports the schemes of a certificate request. */
export function tellRequestedSchemes(asking: SchemesAsking, version: number): void {
  if (asking.tell.decision === undefined) return;
  for (const code of ownSchemeCodes(asking.settings)) ask(asking, 'Supported', code, version);
}

/** Reports the scheme of the client's signature. */
export function tellCheckedScheme(asking: SchemesAsking, code: number): void {
  const scheme = signatureScheme(code);
  if (asking.tell.decision !== undefined && scheme) question(asking, 'Check Signature Algorithm', scheme);
}

function ask(asking: SchemesAsking, which: Which, code: number, version: number): boolean {
  const scheme = askable(code, version);
  return scheme !== undefined && question(asking, `${which} Signature Algorithm`, scheme);
}

/** Schemes without keys here are refused without a check, and those of DSA in TLS 1.3. */
function askable(code: number, version: number): SignatureScheme | undefined {
  const scheme = signatureScheme(code);
  const keyType = scheme && signingKeyType(scheme);
  if (keyType === undefined || (keyType === 'DSA' && version === Version['TLSv1.3'])) return undefined;
  return scheme;
}

function familyOf(scheme: SignatureScheme): 'RSA' | 'DSA' | 'ECDSA' | undefined {
  switch (signingKeyType(scheme)) {
    case 'RSA':
    case 'RSA-PSS':
      return 'RSA';
    case 'DSA':
      return 'DSA';
    case 'EC':
    case 'ED25519':
    case 'ED448':
      return 'ECDSA';
    default:
      return undefined;
  }
}

function question(asking: Asking, what: string, scheme: SignatureScheme): boolean {
  const allowed = allowsScheme(asking.settings.securityLevel, scheme);
  return told(asking, { what: `${what} ${nameOf(scheme)}`, bits: schemeSecurityBits(scheme), allowed });
}

/** Up to TLS 1.2 a scheme is a hash and an algorithm; TLS 1.3 schemes have names. */
function nameOf({ code, securityDebugName }: SignatureScheme): string {
  if (securityDebugName !== undefined) return `scheme=${securityDebugName}`;
  const hash = hashes[code >> 8];
  const algorithm = algorithms[code & 0xff];
  if (hash !== undefined && algorithm !== undefined) return `digest=${hash}, algorithm=${algorithm}`;
  return `scheme=unknown(0x${code.toString(16).padStart(4, '0')})`;
}

const hashes = ['none', 'MD5', 'SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512'];
const algorithms = ['anonymous', 'RSA', 'DSA', 'ECDSA'];
