import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadTerm } from './bad-term.ts';
import { haveCommonValue, isWithin, rangeFrom, versionRank, wholeNumber } from './range.ts';

test('a range is a value, or has one end or two, in either notation', () => {
  const among = [1, 2, 3, 4, 5];
  const within = (text: string) => among.filter((it) => isWithin(rangeFrom(text, wholeNumber), it)).join('');
  assert.deepEqual(['3', '3..', '..3', '2..4', '>=4', '<=2'].map(within), ['3', '345', '123', '234', '45', '12']);
});

test('two ranges have a value in common, or not', () => {
  const common = (a: string, b: string) => haveCommonValue(rangeFrom(a, wholeNumber), rangeFrom(b, wholeNumber));
  for (const [a, b, expected] of [
    ['1..3', '3..5', true],
    ['..2', '3..', false],
    ['3..', '..2', false],
    ['2', '2', true],
    ['2', '1..', true],
  ] as const)
    assert.equal(common(a, b), expected, `${a} ${b}`);
});

test('a range without an end, with no number, or of nothing is refused', () => {
  for (const text of ['', '..', '4..2', 'x', '1..x', '>=', '-1', '1e3']) {
    assert.throws(() => rangeFrom(text, wholeNumber), BadTerm, text);
  }
});

test('a version has many names', () => {
  for (const name of ['1.2', 'TLSv1.2', 'TLS 1.2', 'tls1.2', 'DTLSv1.2', 'DTLS 1.2'])
    assert.equal(versionRank(name), 3, name);
  for (const name of ['ssl3', 'SSLv3', 'SSL 3.0', '3.0']) assert.equal(versionRank(name), 0, name);
  for (const name of ['1.4', '', 'tls', '2']) assert.throws(() => versionRank(name), BadTerm, name);
});
