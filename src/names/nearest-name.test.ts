import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestName } from './nearest-name.ts';

const names = ['cert', 'ca', 'ciphers', 'ALPNProtocols', 'requestCert'];

test('a slip of the fingers leads to the name that was meant', () => {
  const meant = ['certs', 'cipher', 'alpnProtocols', 'reqestCert', 'ALPNProtocol', 'rcet'].map((it) =>
    nearestName(it, names),
  );
  assert.deepEqual(meant, ['cert', 'ciphers', 'ALPNProtocols', 'requestCert', 'ALPNProtocols', undefined]);
  assert.equal(nearestName('ac', names), 'ca');
});

test('a word that is like none of the names leads to none', () => {
  assert.equal(nearestName('colour', names), undefined);
  assert.equal(nearestName('certificate', names), undefined);
  assert.equal(nearestName('', []), undefined);
});
