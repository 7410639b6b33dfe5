import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  sendCertificateRequest12,
  sendCertificateRequest13,
} from '../src/handshake/certificates/certificate-request.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { requestedSignatureSchemes } from '../src/handshake/policy/peer-signature.ts';
import type { CertificateRequest12 } from '../src/messages/certificate-request.ts';
import { type CipherSuite, cipherSuite } from '../src/names/cipher-suites.ts';
import { Problem } from '../src/names/problems.ts';
import { Version } from '../src/names/versions.ts';
import { bareFlow } from './bare-flow.ts';
import { certificateFiles } from './certificates.ts';
import { settingsOf } from './conversation.ts';

const nothing = new Uint8Array(0);

test('more names of authorities than a request can hold end the handshake', async (t) => {
  const settings = await asking(t);
  const schemes = 2 * requestedSignatureSchemes(settings, Version['TLSv1.3']).length;
  const rooms = [
    [65533, (named: Settings) => sendCertificateRequest12(bareFlow(named, Version['TLSv1.2']), suite(0xc02f))],
    [65535 - 6 - schemes - 6 - 2, (named: Settings) => sendCertificateRequest13(bareFlow(named), nothing, [])],
  ] as const;
  for (const [room, request] of rooms) {
    const naming = (length: number) => () => request(withNames(settings, [new Uint8Array(length)]));
    assert.doesNotThrow(naming(room));
    assert.throws(naming(room + 1), isInternal('internalError', 'construct_ca_names'));
    assert.throws(naming(70_000), isInternal('internalError', 'construct_ca_names'));
  }
});

test('TLS 1.3 is not asked for signatures that it does not know alone', async (t) => {
  const request = (settings: Settings) => () => sendCertificateRequest13(bareFlow(settings), nothing, []);
  for (const list of ['RSA+SHA256', 'RSA+SHA1:ECDSA+SHA1:DSA+SHA256']) {
    const settings = await asking(t, '-client_sigalgs', list, '-cipher', 'DEFAULT:@SECLEVEL=0');
    assert.throws(request(settings), isInternal('noSuitableSignatureAlgorithm', 'tls12_copy_sigalgs'), list);
  }
  assert.doesNotThrow(request(await asking(t, '-client_sigalgs', 'RSA+SHA256:ed25519')));
});

test('the types of certificates follow the signatures that are taken', async (t) => {
  const [rsa, dsa, ecdsa, rsaDh, dsaDh] = [1, 2, 64, 5, 6];
  const rows = [
    ['RSA+SHA256', Version['TLSv1.2'], 0xc02f, [rsa]],
    ['rsa_pss_pss_sha256', Version['TLSv1.2'], 0xc02f, [rsa]],
    ['ed25519', Version['TLSv1.2'], 0xc02f, [ecdsa]],
    ['DSA+SHA256:ECDSA+SHA256', Version['TLSv1.1'], 0xc014, [dsa, ecdsa]],
    ['DSA+SHA1:ECDSA+SHA1:RSA+SHA1', Version.SSLv3, 0x0039, [rsaDh, dsaDh, rsa, dsa]],
    ['ECDSA+SHA1:RSA+SHA1', Version.SSLv3, 0x0039, [rsaDh, rsa]],
  ] as const;
  for (const [list, version, code, types] of rows) {
    const settings = await asking(t, '-client_sigalgs', list, '-cipher', 'DEFAULT:@SECLEVEL=0');
    const flow = bareFlow(settings, version);
    let request: CertificateRequest12 | undefined;
    flow.send = (_, value) => {
      request = value as CertificateRequest12;
    };
    sendCertificateRequest12(flow, suite(code));
    assert.deepEqual(request?.certificateTypes, types, list);
  }
});

async function asking(t: TestContext, ...words: string[]): Promise<Settings> {
  return await settingsOf('-verify', '1', ...words, ...certificateFiles(t, 'P-256').words);
}

function withNames(settings: Settings, authorityNames: readonly Uint8Array[]): Settings {
  const { clientAuthentication } = settings;
  assert.ok(clientAuthentication);
  return { ...settings, clientAuthentication: { ...clientAuthentication, authorityNames } };
}

function suite(code: number): CipherSuite {
  const found = cipherSuite(code);
  assert.ok(found);
  return found;
}

function isInternal(problem: string, where: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof Problem);
    assert.deepEqual([error.problem, error.lines.at(-1)?.function], [problem, where]);
    return error.alert === 'internal_error';
  };
}
