import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../names/problems.ts';
import { signatureSchemes } from '../../names/signature-schemes.ts';
import { Version } from '../../names/versions.ts';
import type { Settings } from '../flow/settings.ts';
import { checkLegacyKey, checkPeerScheme, requestedSignatureSchemes, settingsForSchemes } from './peer-signature.ts';

const p256 = 23;
const settings = {
  securityLevel: 0,
  signatureAlgorithms: signatureSchemes.filter(({ name }) =>
    /^(ecdsa_secp256r1|rsa_pss_rsae|rsa_pkcs1_sha256)/.test(name),
  ),
  groups: [],
  strictCertificates: false,
} as Partial<Settings> as Settings;
const rsa = { keyType: 'RSA' } as const;
const ec = { keyType: 'EC', group: p256 } as const;

test('TLS 1.3 takes no scheme that it has not asked for and none of earlier versions', () => {
  const check = (code: number, key: typeof rsa | typeof ec) => () =>
    checkPeerScheme(code, { settings, version: Version['TLSv1.3'], key, peerGroups: undefined });
  assert.equal(check(0x0804, rsa)().code, 0x0804);
  assert.equal(check(0x0403, ec)().code, 0x0403);
  for (const code of [0, 0x0201, 0x0401, 0x0403, 0x0809, 0xffff]) {
    assert.throws(check(code, rsa), isProblem('wrongSignatureType', 'illegal_parameter'), `${code}`);
  }
  assert.throws(check(0x0503, ec), isProblem('wrongCurve', 'illegal_parameter'));
});

test('SHA-1 that was not asked for is taken in TLS 1.2, but not with -strict', () => {
  const check = (given: Settings) => () =>
    checkPeerScheme(0x0201, { settings: given, version: Version['TLSv1.2'], key: rsa, peerGroups: undefined });
  assert.equal(check(settings)().code, 0x0201);
  for (const more of [{ strictCertificates: true }, { securityLevel: 2 }] as const) {
    assert.throws(check({ ...settings, ...more }), isProblem('wrongSignatureType', 'handshake_failure'));
  }
});

test('a client that offers newer schemes than OpenSSL 3.0 has is asked as OpenSSL 3.5 asks', () => {
  const clientAuthentication = {} as NonNullable<Settings['clientAuthentication']>;
  const plain = { securityLevel: 2, credentials: [], clientAuthentication } as Partial<Settings> as Settings;
  const asked = (given: Settings, peer: readonly number[]) =>
    requestedSignatureSchemes(settingsForSchemes(given, peer), Version['TLSv1.3']).map(({ code }) => code);
  const older = asked(plain, [0x0403, 0x0804, 0xfafa]);
  assert.ok(older.length > 5 && older[0] === 0x0403 && !older.includes(0x0905) && !older.includes(0x081a));
  for (const peer of [[0x0403, 0x0905], [0x081b]]) {
    const newer = asked(plain, peer);
    assert.deepEqual(newer.slice(0, 4), [0x0905, 0x0906, 0x0904, 0x0403]);
    assert.deepEqual(
      newer.filter((code) => older.includes(code)),
      older,
    );
    assert.deepEqual(newer.slice(newer.indexOf(0x0808) + 1).slice(0, 3), [0x081a, 0x081b, 0x081c]);
  }
  for (const list of ['signatureAlgorithms', 'clientSignatureAlgorithms'] as const)
    assert.deepEqual(
      asked({ ...plain, [list]: settings.signatureAlgorithms }, [0x0905]),
      [0x0401, 0x0403, 0x0804, 0x0805, 0x0806],
    );
  assert.equal(settingsForSchemes(settings, [0x0905]), settings);
});

test('TLS 1.2 takes no scheme that only TLS 1.3 has, on whatever curve the key is', () => {
  const all = { ...settings, signatureAlgorithms: signatureSchemes };
  for (const [code, group] of [
    [0x081a, 0x1a],
    [0x081a, p256],
    [0x081c, 0x1c],
  ] as const) {
    const question = {
      settings: all,
      version: Version['TLSv1.2'],
      key: { keyType: 'EC', group },
      peerGroups: undefined,
    } as const;
    assert.throws(() => checkPeerScheme(code, question), isProblem('wrongSignatureType', 'illegal_parameter'));
  }
});

test('up to TLS 1.1 only keys that sign with SHA-1 are of use, and only where that is strong enough', () => {
  const check =
    (keyType: 'RSA' | 'RSA-PSS' | 'DSA' | 'EC' | 'ED25519', securityLevel: 0 | 1 = 0) =>
    () =>
      checkLegacyKey({ securityLevel }, { keyType });
  for (const keyType of ['RSA', 'DSA', 'EC'] as const) {
    assert.doesNotThrow(check(keyType));
    assert.throws(check(keyType, 1), isProblem('legacySigalgDisallowedOrUnsupported', 'internal_error'));
  }
  for (const keyType of ['RSA-PSS', 'ED25519'] as const) {
    assert.throws(check(keyType), isProblem('legacySigalgDisallowedOrUnsupported', 'internal_error'));
  }
});

function isProblem(problem: string, alert: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof Problem);
    assert.deepEqual([error.problem, error.alert], [problem, alert]);
    return true;
  };
}
