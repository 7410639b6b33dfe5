import type { SuiteB } from './parameters.ts';
import type { PathCertificate } from './path-certificate.ts';
import { type Run, Verify } from './run.ts';

/** checkSuiteB enforces RFC 6460: P-256/SHA-256 and P-384/SHA-384; P-256 never signs P-384. @throws {Refused} */
export function checkSuiteB(run: Run): void {
  const { suiteB } = run.parameters;
  if (suiteB === undefined) return;
  const found = suiteBFault(run.chain, suiteB);
  if (found) run.fault(found.error, found.depth);
}

/** suiteBFaultOfCrl returns the error of a list's signature, undefined if valid. */
export function suiteBFaultOfCrl(
  issuer: PathCertificate,
  signature: string,
  suiteB: SuiteB | undefined,
): number | undefined {
  return suiteB && new Levels(suiteB).fault(issuer, signature);
}

function suiteBFault(chain: readonly PathCertificate[], suiteB: SuiteB): { error: number; depth: number } | undefined {
  const levels = new Levels(suiteB);
  let signature: string | undefined;
  const last = chain.length - 1;
  for (const [depth, certificate] of chain.entries()) {
    const isVersion3 = certificate.facts.version === 3;
    const error = isVersion3 ? levels.fault(certificate, signature) : Verify.suiteBVersion;
    if (error) return placed(error, depth, levels);
    signature = certificate.facts.signature.oid;
  }
  const root = chain[last];
  const error = root && levels.fault(root, signature);
  return error ? placed(error, chain.length, levels) : undefined;
}

/** placed attributes a wrong signature or level to the certificate before. */
function placed(error: number, depth: number, levels: Levels): { error: number; depth: number } {
  const isOfSubject = error === Verify.suiteBSignature || error === Verify.suiteBLevel;
  const mixes = error === Verify.suiteBLevel && levels.hasSeen384;
  return { error: mixes ? Verify.suiteBMixed : error, depth: isOfSubject && depth > 0 ? depth - 1 : depth };
}

class Levels {
  hasSeen384 = false;
  private allows256: boolean;
  private readonly allows384: boolean;

  constructor(suiteB: SuiteB) {
    this.allows256 = suiteB !== '192';
    this.allows384 = suiteB !== '128 only';
  }

  /** `signature`: algorithm of a signature made by the key; undefined for a leaf's key. */
  fault({ facts }: PathCertificate, signature: string | undefined): number | undefined {
    if (facts.publicKey?.asymmetricKeyType !== 'ec') return Verify.suiteBAlgorithm;
    switch (facts.publicKey.asymmetricKeyDetails?.namedCurve) {
      case 'secp384r1':
        if (signature !== undefined && signature !== ecdsaWithSha384) return Verify.suiteBSignature;
        if (!this.allows384) return Verify.suiteBLevel;
        this.hasSeen384 ||= this.allows256;
        this.allows256 = false;
        return undefined;
      case 'prime256v1':
        if (signature !== undefined && signature !== ecdsaWithSha256) return Verify.suiteBSignature;
        return this.allows256 ? undefined : Verify.suiteBLevel;
      default:
        return Verify.suiteBCurve;
    }
  }
}

const ecdsaWithSha256 = '1.2.840.10045.4.3.2';
const ecdsaWithSha384 = '1.2.840.10045.4.3.3';
