import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyCipherList } from './cipher-list.ts';
import { suiteBRestrictions } from './suite-b-policy.ts';

test('the words for Suite B restrict groups and signatures', () => {
  for (const [word, groups, schemes] of [
    ['SUITEB128', [0x17, 0x18], [0x0403, 0x0503]],
    ['SUITEB128C2', [0x17, 0x18], [0x0403, 0x0503]],
    ['SUITEB128ONLY', [0x17], [0x0403]],
    ['SUITEB192', [0x18], [0x0503]],
  ] as const) {
    const { suiteB } = applyCipherList(word, { level: 2 });
    const restrictions = suiteBRestrictions(suiteB);
    const codes = (list: readonly { readonly code: number }[] | undefined) => list?.map(({ code }) => code);
    assert.deepEqual(codes(restrictions.groups), groups, word);
    assert.deepEqual(codes(restrictions.signatureAlgorithms), schemes, word);
  }
  assert.deepEqual(suiteBRestrictions(applyCipherList('DEFAULT', { level: 2 }).suiteB), {});
});

test('no later list undoes Suite B', () => {
  const before = applyCipherList('SUITEB192', { level: 2 });
  const { suites, suiteB } = applyCipherList('AES128-SHA', before);
  assert.equal(suiteB, '192');
  assert.deepEqual(suites, before.suites);
  assert.equal(applyCipherList('SUITEB128ONLY', before).suiteB, '128 only');
});
