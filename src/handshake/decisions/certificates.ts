import { Malformed } from '../../bytes/malformed.ts';
import type { DhParameters } from '../../crypto/groups/dh.ts';
import { dhSecurityBits } from '../../crypto/groups/dh-parameters.ts';
import { objectNames } from '../../names/object-names.ts';
import { type CertificateFacts, certificateFacts } from '../../x509/certificates/certificate.ts';
import { allowsBits, allowsDhBits } from '../policy/security-level.ts';
import { type Asking, told } from './asking.ts';

/** Reports keys and signatures of a chain of our own (DER, leaf first), up to the first refused one. */
export function tellChain(asking: Asking, chain: readonly Uint8Array[]): void {
  if (asking.tell.decision === undefined) return;
  chain.every((der, index) => isAllowed(asking, der, index === 0 ? 'EE' : 'CA'));
}

/** The same for the certificates found as issuers of one. */
export function tellIssuers(asking: Asking, issuers: readonly Uint8Array[]): void {
  if (asking.tell.decision !== undefined) issuers.every((der) => isAllowed(asking, der, 'CA'));
}

/** Reports the parameters of an ephemeral key exchange. */
export function tellTemporaryDh(asking: Asking, parameters: DhParameters): void {
  if (asking.tell.decision === undefined) return;
  const bits = dhSecurityBits(parameters);
  told(asking, { what: 'Temp DH key bits=', bits, allowed: allowsDhBits(asking.settings.securityLevel, bits) });
}

function isAllowed(asking: Asking, der: Uint8Array, place: 'EE' | 'CA'): boolean {
  const facts = readable(der);
  if (facts === undefined) return false;
  const { key, signature, selfSigned } = facts;
  // OpenSSL 3.0 leaves the kind of key empty.
  if (!allows(asking, `Certificate chain ${place} key=, bits=${key?.bits ?? 0}`, key?.securityBits ?? -1)) return false;
  if (selfSigned) return true;
  const algorithm = objectNames(signature.oid)?.short ?? 'UNDEF';
  return allows(asking, `Certificate chain CA digest=${algorithm}`, signature.securityBits);
}

function allows(asking: Asking, what: string, bits: number): boolean {
  const { securityLevel } = asking.settings;
  return told(asking, { what, bits, allowed: securityLevel === 0 || allowsBits(securityLevel, bits) });
}

/** Undefined for certificates that Node and OpenSSL accept although they are not DER. */
function readable(der: Uint8Array): CertificateFacts | undefined {
  try {
    return certificateFacts(der);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
