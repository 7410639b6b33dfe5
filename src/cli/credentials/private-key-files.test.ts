import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../command-line/parse.ts';
import { RecordedOutput } from '../output/recorded-output.test.fixture.ts';
import { privateKeyFiles } from './private-key-files.ts';

const files = (line: string) => privateKeyFiles(parse(line.split(' ').filter(Boolean), new RecordedOutput()).given);
const always = ['server.pem', 'server2.pem'];

test('a certificate file counts where no key file is named', () => {
  assert.deepEqual(files(''), always);
  assert.deepEqual(files('-cert c -key k'), ['k', ...always]);
  assert.deepEqual(files('-cert c'), ['c', ...always]);
  assert.deepEqual(files('-cert c -key k -cert2 c2 -dcert d -dkey dk'), ['k', 'c2', 'dk', ...always]);
});

test('every key option counts, whichever is the last', () => {
  assert.deepEqual(files('-key a -key b -key2 c -xcert d -xkey e'), ['a', 'b', 'c', 'e', ...always]);
});

test('a URI counts as the file it names', () => {
  assert.deepEqual(files('-key file:/a'), ['file:/a', '/a', ...always]);
  assert.deepEqual(files('-key FILE:///a'), ['FILE:///a', '/a', ...always]);
  assert.deepEqual(files('-key file://localhost/a'), ['file://localhost/a', '/a', ...always]);
});
