import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { testCertificate } from '../certificates/certificate.test.fixture.ts';
import { aboutWhich } from './about-which.ts';
import { basic, good, response } from './response.test.fixture.ts';

const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const five = testCertificate({ key });

test('a response is about every certificate of its serial number', () => {
  const aboutFive = response(basic([good], { serialNumber: 5 }));
  assert.deepEqual(aboutWhich(aboutFive, [five, five]), [0, 1]);
  assert.deepEqual(aboutWhich(response(basic([good])), [five]), []);
});

test('a response that does not say is about none', () => {
  for (const silent of [Buffer.from('30030a0103', 'hex'), response(Buffer.from('nonsense')), new Uint8Array(0)]) {
    assert.deepEqual(aboutWhich(silent, [five]), []);
  }
});
