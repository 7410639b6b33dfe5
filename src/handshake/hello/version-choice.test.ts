import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientHello } from '../../messages/client-hello.ts';
import { encodeExtension } from '../../messages/extensions/extension.ts';
import { supportedVersions } from '../../messages/extensions/supported-versions.ts';
import { downgradeToTls11, downgradeToTls12 } from '../../messages/server-hello.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import type { Credential } from '../../x509/files/credential.ts';
import type { Settings } from '../flow/settings.ts';
import type { Hello } from './client-hello.ts';
import { chooseVersion, datagramCeiling, downgradeSentinel, enabledVersions } from './version-choice.ts';

const { SSLv3, TLSv1, 'TLSv1.1': tls11, 'TLSv1.2': tls12, 'TLSv1.3': tls13 } = Version;
const { 'DTLSv0.9': dtls09, DTLSv1: dtls10, 'DTLSv1.2': dtls12 } = Version;

/** Everything down to SSL 3.0, unless given otherwise, with a key for each version. */
function settingsOf(more: Partial<Settings> = {}): Settings {
  return {
    minVersion: SSLv3,
    maxVersion: tls13,
    disabledVersions: new Set<number>(),
    securityLevel: 0,
    credentials: [{ keyType: 'RSA' } as Credential],
    ...more,
  } as Settings;
}

function helloOf(legacyVersion: number, offered?: readonly number[]): Hello {
  const extensions = new Map<number, Uint8Array>();
  if (offered) extensions.set(supportedVersions.code, encodeExtension(supportedVersions, 'clientHello', offered).body);
  return { message: { legacyVersion } as ClientHello, extensions } as Partial<Hello> as Hello;
}

/** The version that is chosen, or the problem. */
function outcome(settings: Settings, hello: Hello): number | string {
  try {
    return chooseVersion(settings, hello);
  } catch (error) {
    return error instanceof Problem ? error.problem : String(error);
  }
}

test('the highest version that both sides have is chosen', () => {
  const all = settingsOf();
  const dsa = settingsOf({ credentials: [{ keyType: 'DSA' } as Credential] });
  const cases: readonly (readonly [Settings, Hello, number | string])[] = [
    [all, helloOf(tls12, [tls12, tls13]), tls13],
    [all, helloOf(tls12, [tls11, TLSv1]), tls11],
    [all, helloOf(tls12, [0x7f1c]), 'unsupportedProtocol'],
    [all, helloOf(SSLv3, [tls13]), 'badLegacyVersion'],
    [all, helloOf(tls13), tls12],
    [all, helloOf(tls11), tls11],
    [all, helloOf(0x0200), 'versionTooLow'],
    [settingsOf({ minVersion: tls12 }), helloOf(tls11), 'unsupportedProtocol'],
    [settingsOf({ minVersion: TLSv1 }), helloOf(SSLv3), 'versionTooLow'],
    [dsa, helloOf(tls12, [tls12, tls13]), tls12],
  ];
  for (const [settings, hello, expected] of cases) assert.equal(outcome(settings, hello), expected);
});

test('a certificate on a curve of brainpool is for TLS 1.3 where the client has its scheme (RFC 8734)', () => {
  const credentials = [{ keyType: 'EC', group: 0x1b } as Credential];
  const settings = settingsOf({ credentials });
  const offering = (body: string) => {
    const hello = helloOf(tls12, [tls12, tls13]);
    return { ...hello, extensions: new Map([...hello.extensions, [13, Buffer.from(body, 'hex')]]) };
  };
  for (const [body, version] of [
    ['00040403081b', tls13],
    ['00040403081a', tls12],
    ['0003040308', tls12],
  ] as const) {
    assert.equal(outcome(settings, offering(body)), version);
    const sentinel = version === tls13 ? downgradeToTls12 : undefined;
    assert.equal(downgradeSentinel(settings, tls12, offering(body)), sentinel);
  }
  assert.equal(outcome(settings, helloOf(tls12, [tls12, tls13])), tls12);
  const unlisted = settingsOf({ credentials, signatureAlgorithms: [] });
  assert.equal(outcome(unlisted, offering('00040403081b')), tls12);
});

test('on datagrams versions count down, and a future one is answered with our highest', () => {
  const settings = settingsOf({ datagrams: {} as NonNullable<Settings['datagrams']> });
  const cases: readonly (readonly [number, number | string])[] = [
    [dtls12, tls12],
    [dtls10, tls11],
    [0xfefc, tls12],
    [dtls09, 'versionTooLow'],
  ];
  for (const [legacyVersion, expected] of cases) assert.equal(outcome(settings, helloOf(legacyVersion)), expected);
  assert.deepEqual([dtls12, dtls10, dtls09].map(datagramCeiling), [tls12, tls11, 0]);
});

test('strict servers take the versions that a client lists on datagrams, whatever its version field says', () => {
  const datagrams = {} as NonNullable<Settings['datagrams']>;
  const strict = settingsOf({ datagrams, strict: true });
  const cases: readonly (readonly [Hello, number | string])[] = [
    [helloOf(dtls12, [0xfefc, dtls10]), tls11],
    [helloOf(dtls09, [dtls10, dtls12]), tls12],
    [helloOf(dtls12, [tls12]), 'unsupportedProtocol'],
    [helloOf(dtls12), tls12],
    [helloOf(dtls09), 'versionTooLow'],
  ];
  for (const [hello, expected] of cases) assert.equal(outcome(strict, hello), expected);
  assert.equal(outcome(settingsOf({ datagrams }), helloOf(dtls12, [dtls10])), tls12);
});

test('the security level and -no_ options take versions away', () => {
  assert.deepEqual(enabledVersions(settingsOf()), [tls13, tls12, tls11, TLSv1, SSLv3]);
  assert.deepEqual(enabledVersions(settingsOf({ securityLevel: 2 })), [tls13, tls12, tls11, TLSv1]);
  assert.deepEqual(enabledVersions(settingsOf({ securityLevel: 4 })), [tls13, tls12]);
  assert.deepEqual(enabledVersions(settingsOf({ disabledVersions: new Set([tls12]) })), [tls13, tls11, TLSv1, SSLv3]);
});

test('a server that could do better says so in its random value', () => {
  const upTo12 = settingsOf({ maxVersion: tls12 });
  assert.equal(downgradeSentinel(settingsOf(), tls13, helloOf(tls12)), undefined);
  assert.equal(downgradeSentinel(settingsOf(), tls12, helloOf(tls12)), downgradeToTls12);
  assert.equal(downgradeSentinel(settingsOf(), tls11, helloOf(tls12)), downgradeToTls11);
  assert.equal(downgradeSentinel(upTo12, tls12, helloOf(tls12)), undefined);
  assert.equal(downgradeSentinel(upTo12, TLSv1, helloOf(tls12)), downgradeToTls11);
});
