import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadTerm } from './bad-term.ts';
import { refuseContradictions } from './contradictions.ts';
import { expectationsFrom } from './expectation.ts';

const refused = (list: string) => {
  try {
    refuseContradictions(expectationsFrom(list));
    return undefined;
  } catch (error) {
    assert.ok(error instanceof BadTerm);
    return error.message;
  }
};

test('terms that no connection can meet together are refused', () => {
  assert.equal(refused('tls=1.3,pq,tls=1.2'), '"tls=1.2" contradicts "tls=1.3"');
  assert.equal(refused('pq,!pq'), '"!pq" contradicts "pq"');
  assert.equal(refused('established,failed=noSharedCipher'), '"failed=noSharedCipher" contradicts "established"');
  for (const list of [
    ...['group=P-256,group=x25519', 'alpn=h2,alpn=none', 'ech=none,ech=grease', 'early-data=none,early-data=accepted'],
    ...['tls=1.3,any:tls=1.2', '2:pq,not:pq', 'first:tls=1.3,1:tls=1.2', 'any:!pq,pq', 'ja4=a,ja4=b'],
  ])
    assert.notEqual(refused(list), undefined, list);
});

test('terms that can hold together are accepted', () => {
  for (const list of [
    ...['group=P-256,group=secp256r1', 'tls=1.3,tls=TLSv1.3', 'tls=1.2..,tls=1.3', 'tls=1.3,not:tls=1.2', 'pq,pq'],
    ...['first:tls=1.3,last:tls=1.2', 'any:tls=1.3,any:tls=1.2', 'any:pq,any:!pq', 'first:pq,2:!pq'],
    ...['offers-alpn=h2,offers-alpn=http/1.1', 'failed,failed=lost', 'resumed,resumed=ticket', 'connections=2,pq'],
  ])
    assert.equal(refused(list), undefined, list);
});
