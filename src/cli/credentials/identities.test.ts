import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { credential } from '../../x509/files/credential.ts';
import { Stop } from '../output/stop.ts';
import { loadIdentity, withCredential } from './identities.ts';

const leaf = (byte: number) => Uint8Array.of(byte);
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed = generateKeyPairSync('ed25519').privateKey;

test('there is one credential for every type of key, in the order of their first appearance', () => {
  const first = credential(ec, [leaf(1), leaf(2)]);
  const beside = withCredential([first], credential(ed, [leaf(3)]));
  assert.deepEqual(
    beside.map(({ keyType }) => keyType),
    ['EC', 'ED25519'],
  );
  const replaced = withCredential(beside, credential(ec, [leaf(4), leaf(5)]));
  assert.deepEqual(
    replaced.map(({ chain }) => chain),
    [[leaf(4), leaf(5)], [leaf(3)]],
  );
});

test('a certificate without a chain keeps the chain of the one that it replaces', () => {
  const [kept] = withCredential([credential(ec, [leaf(1), leaf(2)])], credential(ec, [leaf(4)]));
  assert.deepEqual(kept?.chain, [leaf(4), leaf(2)]);
});

test('a key in an engine is not looked for in a file', () => {
  const refusal = (words: object) => {
    try {
      loadIdentity({ cert: 'missing.pem', ...words }, undefined);
    } catch (error) {
      if (error instanceof Stop) return error.text;
    }
    return undefined;
  };
  assert.equal(
    refusal({ keyform: 'engine' }),
    'No engine specified for loading server certificate private key\nNo filename or uri specified for loading\n' +
      ' server certificate private key\n',
  );
  assert.match(refusal({ keyform: 'E', engine: 'dynamic' }) ?? '', /-keyform ENGINE is not possible/);
  assert.match(refusal({ keyform: 'P12' }) ?? '', /Could not open file or uri/);
});
