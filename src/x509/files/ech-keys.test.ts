import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { assert as check, property, uint8Array } from 'fast-check';
import { toPem } from '../../bytes/pem.ts';
import { encode } from '../../bytes/wire.ts';
import { hpkeKem } from '../../crypto/hpke-kem.ts';
import { EchConfigContents, EchConfigList, echVersion } from '../../messages/ech-config.ts';
import { BadEchKeys, echKeysFromPem } from './ech-keys.ts';

const x25519 = 0x20;
const retry = { forRetry: true };

test('a key with its configuration is read, for every mechanism', () => {
  const pairs: [number, KeyObject][] = [
    [0x10, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
    [0x11, generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
    [0x12, generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey],
    [x25519, fresh()],
    [0x21, generateKeyPairSync('x448').privateKey],
  ];
  for (const [kem, privateKey] of pairs) {
    const [key, ...others] = echKeysFromPem(pem(privateKey) + list([config(kem, privateKey)]), retry);
    assert.equal(others.length, 0);
    assert.equal(key?.contents.kem, kem);
    assert.equal(key?.forRetry, true);
    assert.equal(Buffer.from(key?.contents.publicName ?? '').toString(), 'front.example');
  }
});

test('of several configurations those for the key and of a known version are taken', () => {
  const privateKey = fresh();
  const own = config(x25519, privateKey);
  const unknown = { version: 0xfafa, contents: Buffer.from('abcd') };
  const text = pem(privateKey) + list([unknown, config(x25519, fresh()), own]);
  assert.deepEqual(
    echKeysFromPem(text, retry).map((it) => encode(EchConfigContents, it.contents)),
    [own.contents],
  );
});

test('a file that is no key pair is refused with the reason', () => {
  const privateKey = fresh();
  const good = list([config(x25519, privateKey)]);
  const broken = toPem('PRIVATE KEY', Buffer.from('nothing'));
  for (const [text, reason] of [
    ['', /no private key/],
    [good, /no private key/],
    [good + pem(privateKey), /no private key/],
    [pem(privateKey), /no ECHCONFIG/],
    [broken + good, /cannot be read/],
    [pem(fresh()) + good, /no configuration is for the private key/],
    [pem(generateKeyPairSync('x448').privateKey) + good, /no configuration is for the private key/],
    [pem(privateKey) + list([config(x25519, privateKey, 0xffff)]), /no configuration is for the private key/],
  ] as const) {
    assert.throws(
      () => echKeysFromPem(text, retry),
      (error) => error instanceof BadEchKeys && reason.test(error.message),
    );
  }
});

test('a configuration that is cut short or too long is refused', () => {
  const privateKey = fresh();
  const whole = encode(EchConfigList, [config(x25519, privateKey)]);
  for (let length = 0; length < whole.length; length++) {
    const text = pem(privateKey) + toPem('ECHCONFIG', whole.subarray(0, length));
    assert.throws(() => echKeysFromPem(text, retry), BadEchKeys);
  }
  const longer = toPem('ECHCONFIG', Buffer.concat([whole, Uint8Array.of(0)]));
  assert.throws(() => echKeysFromPem(pem(privateKey) + longer, retry), BadEchKeys);
});

test('whatever is in the list of configurations, it is read or refused', async () => {
  const privateKey = fresh();
  const whole = encode(EchConfigList, [config(x25519, privateKey), config(x25519, privateKey)]);
  await check(
    property(uint8Array({ minLength: 2, maxLength: 20 }), ([place = 0, ...noise]) => {
      const at = place % whole.length;
      const changed = Buffer.concat([whole.subarray(0, at), Buffer.from(noise), whole.subarray(at + noise.length)]);
      try {
        echKeysFromPem(pem(privateKey) + toPem('ECHCONFIG', changed), retry);
      } catch (error) {
        assert.ok(error instanceof BadEchKeys);
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

function fresh(): KeyObject {
  return generateKeyPairSync('x25519').privateKey;
}

function pem(privateKey: KeyObject): string {
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

function config(kem: number, privateKey: KeyObject, aead = 1) {
  const contents = encode(EchConfigContents, {
    configId: 7,
    kem,
    publicKey: hpkeKem(kem)?.publicKey(privateKey) ?? new Uint8Array(0),
    cipherSuites: [{ kdf: 1, aead }],
    maximumNameLength: 0,
    publicName: Buffer.from('front.example'),
    extensions: [],
  });
  return { version: echVersion, contents };
}

function list(configs: readonly { version: number; contents: Uint8Array }[]): string {
  return toPem('ECHCONFIG', encode(EchConfigList, configs));
}
