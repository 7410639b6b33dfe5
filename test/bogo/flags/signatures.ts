import type { Settings } from '../../../src/handshake/flow/settings.ts';
import { type SignatureScheme, signatureScheme } from '../../../src/names/signature-schemes.ts';
import { tlsVersionOf, Version } from '../../../src/names/versions.ts';
import { type Check, equals } from '../checks.ts';
import { type FlagTable, integer, NotImplemented } from './flag.ts';

/** The signature schemes of both sides, by code point. */
export interface SignaturePlan {
  readonly checks: Check[];
  ownSchemes: number[];
  peerSchemes: number[];
  /** What the client must accept, in its order. */
  announced: number[];
}

export function signaturePlan(): Omit<SignaturePlan, 'checks'> {
  return { ownSchemes: [], peerSchemes: [], announced: [] };
}

export const signatureFlags: FlagTable<SignaturePlan> = {
  'signing-prefs': integer(({ ownSchemes }, code) => {
    ownSchemes.push(code);
  }),
  'verify-prefs': integer(({ peerSchemes }, code) => {
    peerSchemes.push(code);
  }),
  'expect-peer-signature-algorithm': integer(({ checks }, code) => {
    checks.push((seen) => (seen.resumed ? undefined : signedWith(code)(seen)));
  }),
  'expect-peer-verify-pref': integer(({ announced }, code) => {
    announced.push(code);
  }),
};

/** What the runner expects of a server without other lists: `-signing-prefs` and `-verify-prefs`. */
const defaultOwn = [0x0807, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0203, 0x0201];
const defaultPeer = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601, 0x0201];

export function signatureSettings({ ownSchemes, peerSchemes }: SignaturePlan): Partial<Settings> {
  return {
    signatureAlgorithms: schemes(ownSchemes.length > 0 ? ownSchemes : defaultOwn),
    clientSignatureAlgorithms: schemes(peerSchemes.length > 0 ? peerSchemes : defaultPeer),
  };
}

export function signatureChecks({ announced }: SignaturePlan): readonly Check[] {
  if (announced.length === 0) return [];
  return [equals('the list of schemes', announced.join(), ({ info }) => info.signatureAlgorithms.join())];
}

/** Up to TLS 1.1 there is no scheme, which the runner writes as 0. An abbreviated handshake has no signature. */
function signedWith(code: number): Check {
  return equals('the scheme of the client', code, ({ info: { version, peerSignatureScheme } }) =>
    tlsVersionOf(version) < Version['TLSv1.2'] ? 0 : peerSignatureScheme,
  );
}

function schemes(codes: readonly number[]): SignatureScheme[] {
  return codes.map((code) => {
    const found = signatureScheme(code);
    if (found === undefined) throw new NotImplemented(`signature scheme ${code} is not implemented`);
    return found;
  });
}
