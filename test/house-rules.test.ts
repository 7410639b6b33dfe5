import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const sources = ['src', 'test'].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') })),
);

/** Those matching, by name. */
function offenders(matches: (source: { file: string; text: string }) => boolean): string[] {
  return sources.filter(matches).map(({ file }) => file);
}

test('no file is longer than 400 lines but tables of names', () => {
  const long = offenders(({ file, text }) => !file.startsWith('src/names/') && text.split('\n').length > 401);
  assert.deepEqual(long, []);
});

test('only the command line, the apps and the front door print', () => {
  const mayPrint = /^src\/(?:cli|apps)\/|^src\/main\.ts$|\.test\.(?:fixture\.)?ts$|^test\//;
  const prints = /\bconsole\.|\bprocess\.(?:stdout|stderr)\b/;
  const printing = offenders(({ file, text }) => !mayPrint.test(file) && prints.test(text));
  assert.deepEqual(printing, []);
});

test('only bytes are cut with subarray, never with slice', () => {
  const slices = /\b(?:bytes|body|content|chunk|header|record|hello|message)\.slice\(/;
  assert.deepEqual(
    offenders(({ text }) => slices.test(text)),
    [],
  );
});

test('no file hides what it is about behind an empty word', () => {
  const empty = /\/(?:utils?|helpers?|common|types|misc)\.(?:test\.)?ts$/;
  assert.deepEqual(
    offenders(({ file }) => empty.test(file)),
    [],
  );
});
