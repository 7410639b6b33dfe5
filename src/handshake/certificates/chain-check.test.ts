import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signatureScheme } from '../../names/signature-schemes.ts';
import { Version } from '../../names/versions.ts';
import { credential } from '../../x509/files/credential.ts';
import { authority, issue, keyOf } from '../../x509/verify/issue.test.fixture.ts';
import type { Offers } from '../extensions/index.ts';
import { checkChain } from './chain-check.ts';

/** A P-256 key with certificates signed with ECDSA and SHA-256. */
const root = issue({ subject: 'root', extensions: [authority()] });
const leaf = issue({ subject: 'leaf', issuer: 'root' });
const extended = { credential: credential(keyOf('leaf'), [leaf, root]), chain: [root] };
const ours = { signatureAlgorithms: undefined, strictCertificates: false };

const sha256 = 0x0403;
const sha384 = 0x0503;

function offer(
  version: number,
  schemes: readonly number[] | undefined,
  offers: Partial<Offers> = {},
): Parameters<typeof checkChain>[1] {
  const sharedSchemes = (schemes ?? []).map(signatureScheme).filter((it) => it !== undefined);
  return { version, sharedSchemes, offers: { ...(schemes && { signatureAlgorithms: schemes }), ...offers } };
}

test('a client of TLS 1.2 has to take the signature on the certificate', () => {
  const taken = checkChain(extended, offer(Version['TLSv1.2'], [sha256]), ours);
  assert.ok(Object.values(taken).every(Boolean));
  const other = checkChain(extended, offer(Version['TLSv1.2'], [sha384]), ours);
  assert.deepEqual(
    [other.valid, other.signs, other.signsExplicitly, other.leafSignature, other.chainSignatures],
    [false, true, true, false, false],
  );
});

test('a client of TLS 1.3 has to take a signature of the key, and where it says so the one on the certificate', () => {
  const version = Version['TLSv1.3'];
  assert.equal(checkChain(extended, offer(version, [sha256]), ours).valid, true);
  assert.equal(checkChain(extended, offer(version, [sha384]), ours).valid, false);
  const apart = offer(version, [sha256], { signatureAlgorithmsCert: [sha384] });
  const { valid, chainSignatures } = checkChain(extended, apart, ours);
  assert.deepEqual([valid, chainSignatures], [false, false]);
  const same = offer(version, [sha256, sha384], { signatureAlgorithmsCert: [sha256] });
  assert.equal(checkChain(extended, same, { ...ours, strictCertificates: true }).valid, true);
});

test('the curve has to be one that the client names', () => {
  const named = (...supportedGroups: number[]) =>
    checkChain(extended, offer(Version['TLSv1.2'], [sha256], { supportedGroups }), ours);
  assert.deepEqual([named(23).valid, named(23).leafParameters], [true, true]);
  assert.deepEqual([named(24).valid, named(24).leafParameters, named(24).chainParameters], [false, false, false]);
});

test('a client that names no signatures takes SHA-1 in TLS 1.2, and anything before', () => {
  const { valid, signsExplicitly } = checkChain(extended, offer(Version['TLSv1.2'], undefined), ours);
  assert.deepEqual([valid, signsExplicitly], [false, false]);
  assert.equal(checkChain(extended, offer(Version['TLSv1.1'], undefined), ours).valid, true);
});
