import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeText } from './time-text.ts';

const utcTime = 0x17;
const generalizedTime = 0x18;

test('both kinds of time are printed as OpenSSL prints them', () => {
  assert.equal(text(utcTime, '260102030405Z'), 'Jan  2 03:04:05 2026 GMT');
  assert.equal(text(utcTime, '991231235959Z'), 'Dec 31 23:59:59 1999 GMT');
  assert.equal(text(utcTime, '2601020304Z'), 'Jan  2 03:04:00 2026 GMT');
  assert.equal(text(generalizedTime, '20500102030405Z'), 'Jan  2 03:04:05 2050 GMT');
  assert.equal(text(generalizedTime, '20500102030405.25Z'), 'Jan  2 03:04:05.25 2050 GMT');
});

test('a time that does not exist is a bad one', () => {
  for (const it of [
    '',
    '2601020304',
    '260230000000Z',
    '261301000000Z',
    '260101240000Z',
    '260101000000',
    'x',
    '1'.repeat(99),
  ]) {
    assert.equal(text(utcTime, it), 'Bad time value', it);
  }
});

function text(tag: number, characters: string): string {
  const body = Buffer.from(characters);
  return timeText({ tag, body, encoding: body });
}
