import type { CipherSuite } from '../../names/cipher-suites.ts';
import { type Group, group } from '../../names/groups.ts';
import { type SignatureScheme, signatureScheme } from '../../names/signature-schemes.ts';
import { certificateFacts } from '../../x509/certificates/certificate.ts';
import type { Credential } from '../../x509/files/credential.ts';
import type { SuiteB } from '../../x509/verify/parameters.ts';
import type { Settings } from '../flow/settings.ts';

/*
 * Suite B (RFC 6460), enabled by the words `SUITEB128` and so on of a cipher list: P-256 with SHA-256 and AES-128,
 * P-384 with SHA-384 and AES-256, and nothing else.
 */

type Restrictions = Pick<
  Settings,
  'groups' | 'groupTuples' | 'hybridGroups' | 'signatureAlgorithms' | 'clientSignatureAlgorithms' | 'strictCertificates'
>;

/** The settings that Suite B overrides. */
export function suiteBRestrictions(suiteB: SuiteB | undefined): Partial<Restrictions> {
  if (suiteB === undefined) return {};
  const parts = [...(suiteB === '192' ? [] : [of128]), ...(suiteB === '128 only' ? [] : [of192])];
  const groups = parts.map((it) => group(it.group)).filter((it) => it !== undefined);
  const schemes = parts.map((it) => signatureScheme(it.scheme)).filter((it) => it !== undefined);
  return {
    groups,
    groupTuples: [groups],
    hybridGroups: [],
    signatureAlgorithms: schemes,
    clientSignatureAlgorithms: schemes,
    strictCertificates: true,
  };
}

/** The shared groups that the suite allows: in Suite B up to TLS 1.2 it determines the group. */
export function groupsOfSuite(
  { suiteB }: Pick<Settings, 'suiteB'>,
  { prf }: CipherSuite,
  shared: readonly Group[],
): readonly Group[] {
  if (suiteB === undefined) return shared;
  return shared.filter(({ code }) => code === (prf === 'sha384' ? of192 : of128).group);
}

/**
 * The credentials usable in Suite B: their key is on a curve of a shared scheme, and such a signature is on the
 * certificate.
 */
export function credentialsOfSuiteB(
  { suiteB }: Pick<Settings, 'suiteB'>,
  credentials: readonly Credential[],
  shared: readonly SignatureScheme[],
): readonly Credential[] {
  if (suiteB === undefined) return credentials;
  const parts = [of128, of192].filter((it) => shared.some(({ code }) => code === it.scheme));
  return credentials.filter(({ group: curve, chain: [leaf] }) => {
    const signature = leaf && certificateFacts(leaf).signature;
    const isSigned = parts.some(({ hash }) => signature?.keyType === 'EC' && signature.hash === hash);
    return isSigned && parts.some((it) => it.group === curve);
  });
}

const of128 = { group: 0x0017, scheme: 0x0403, hash: 'sha256' } as const;
const of192 = { group: 0x0018, scheme: 0x0503, hash: 'sha384' } as const;
