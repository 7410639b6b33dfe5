import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../names/problems.ts';
import { errorLine, problemLines } from './error-queue-lines.ts';

test('a line names code, library, function, reason and extra words', () => {
  const line = errorLine({
    library: 20,
    reason: 1042,
    function: 'ssl3_read_bytes',
    text: 'sslv3 alert bad certificate',
    extra: 'SSL alert number 42',
  });
  assert.match(
    line,
    /^[0-9A-F]{16}:error:0A000412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate:[^:]*:\d+:SSL alert number 42\n$/,
  );
});

test('a system error shows its number with the top bit set', () => {
  const line = errorLine({ library: 2, reason: 98, function: 'BIO_bind', text: 'Address already in use' });
  assert.match(line, /:error:80000062:system library:BIO_bind:Address already in use:/);
});

test('reasons that libraries share keep their flag bits', () => {
  const line = errorLine({ library: 32, reason: 0x80002, function: 'BIO_lookup_ex', text: 'system lib' });
  assert.match(line, /:error:10080002:BIO routines:BIO_lookup_ex:system lib:/);
});

test('lines of deeper libraries come before the problem itself, all of one process', () => {
  const before = [{ library: 57, reason: 102, function: 'f', text: 'deep' }];
  const lines = problemLines(new Problem('internalError', 'g', { before }))
    .trimEnd()
    .split('\n');
  assert.deepEqual(
    lines.map((it) => it.split(':').slice(2, 6)),
    [
      ['1C800066', 'Provider routines', 'f', 'deep'],
      ['0A0C0103', 'SSL routines', 'g', 'internal error'],
    ],
  );
  assert.equal(lines[0]?.split(':')[0], lines[1]?.split(':')[0]);
});
