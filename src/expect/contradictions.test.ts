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

test('ranges that have nothing in common are refused', () => {
  assert.equal(refused('tls=..1.1,tls=1.2..'), '"tls=1.2.." contradicts "tls=..1.1"');
  for (const list of ['hello=..500,hello=501..', 'tls=1.3,tls<=1.2', 'time=5,time=6', 'grade=A..,first:grade=..B'])
    assert.notEqual(refused(list), undefined, list);
});

test('numbers of connections that contradict each other are refused', () => {
  assert.equal(refused('connections=2,connections=3'), '"connections=3" contradicts "connections=2"');
  assert.equal(refused('connections=2,3:pq'), '"3:pq" contradicts "connections=2"');
  assert.equal(
    refused('connections=1..2,not:connections=1,not:connections=2'),
    '"not:connections=2" contradicts "connections=1..2" and "not:connections=1"',
  );
  assert.equal(refused('not:connections=0..'), '"not:connections=0.." cannot be met');
  for (const list of ['connections=2,not:connections=2', 'connections=..1,connections=2..', 'connections=0,1:pq'])
    assert.notEqual(refused(list), undefined, list);
});

test('terms that can hold together are accepted', () => {
  for (const list of [
    ...['group=P-256,group=secp256r1', 'tls=1.3,tls=TLSv1.3', 'tls=1.2..,tls=1.3', 'tls=1.3,not:tls=1.2', 'pq,pq'],
    ...['first:tls=1.3,last:tls=1.2', 'any:tls=1.3,any:tls=1.2', 'any:pq,any:!pq', 'first:pq,2:!pq'],
    ...['connections=2..,connections=..3,3:pq', 'not:connections=1,pq', 'hello=..500,hello=100..', 'connections=0'],
    ...['offers-tls=1.2,offers-tls=1.3', 'tls=1.0..1.2,tls>=1.2', 'grade=..B,grade=B..', 'not:tls=1.3,tls=1.2'],
    ...['offers-alpn=h2,offers-alpn=http/1.1', 'failed,failed=lost', 'resumed,resumed=ticket', 'connections=2,pq'],
  ])
    assert.equal(refused(list), undefined, list);
});
