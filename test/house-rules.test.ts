import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { test } from 'node:test';
import { functionsIn, type SourceFunction } from './source-functions.ts';

const sources = ['src', 'test'].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') })),
);

/** offenders returns the matching files. */
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

test('few comments begin with a clause, which has to be read twice', () => {
  const clause = /^\s*(?:\/\/|\/\*\*|\*) (?:What|Who|Whoever|Whether|Of|As|Where)\b.*/gm;
  const found = sources.flatMap(({ text }) => text.match(clause) ?? []);
  assert.ok(found.length <= 60, `${found.length}: ${found.slice(-3).join('')}`);
});

/** functions returns the functions that break a rule, by file and name. */
function functions(breaks: (it: SourceFunction) => boolean): string[] {
  return sources
    .filter(({ file }) => file.startsWith('src/') && !/\.test\.(?:fixture\.)?ts$/.test(file))
    .flatMap(({ file, text }) =>
      functionsIn(text)
        .filter(breaks)
        .map(({ name }) => `${file} ${name}`),
    );
}

test('no function is longer than 50 lines', () => {
  assert.deepEqual(
    functions(({ lines }) => lines > 50),
    [],
  );
});

test('no function takes more than five parameters one after the other', () => {
  assert.deepEqual(
    functions(({ parameters }) => parameters > 5),
    [],
  );
});

test('functions are measured whatever they look like', () => {
  const text = [
    'export function* first<T>(a: T, { b, c }: X, d = 1): Handshake<{ readonly e: Map<F, G> }> {',
    "  if (a) return call(a, b, ')');",
    '}',
    'class Second {',
    '  private method(',
    '    one: (x: number, y: number) => void,',
    '    two: Record<string, number>,',
    '  ): void {',
    '    // )',
    '  }',
    '}',
    'const third = memo((a, b): string => {',
    '  return a ? (b) : `(`;',
    '});',
    'const fourth = (a: number) => a;',
  ].join('\n');
  assert.deepEqual(functionsIn(text), [
    { name: 'first', lines: 3, parameters: 3 },
    { name: 'method', lines: 6, parameters: 2 },
    { name: '(arrow)', lines: 1, parameters: 2 },
    { name: '(arrow)', lines: 3, parameters: 2 },
    { name: '(arrow)', lines: 1, parameters: 1 },
  ]);
});

test('every file that ARCHITECTURE.md names is there', () => {
  const named = [...readFileSync('docs/ARCHITECTURE.md', 'utf8').matchAll(/`([a-z0-9/-]+\/[a-z0-9-]+\.ts)`/g)];
  const missing = named.map(([, path = '']) => path).filter((path) => !sources.some(({ file }) => file.endsWith(path)));
  assert.deepEqual(missing, []);
});

/** Source files without tests, as folder and name. */
const places = sources
  .map(({ file }) => file)
  .filter((file) => file.startsWith('src/') && !/\.test\.(?:fixture\.)?ts$/.test(file))
  .map((file) => ({ folder: dirname(file), name: basename(file) }));

/** Folders with one file an item, however many items there are. */
const catalogues = ['src/messages', 'src/messages/extensions', 'src/handshake/extensions', 'src/names'];

test('no folder but a catalogue has more than 20 files side by side', () => {
  const counts = new Map<string, number>();
  for (const { folder } of places) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  const crowded = [...counts].filter(([folder, count]) => count > 20 && !catalogues.includes(folder));
  assert.deepEqual(crowded, []);
});

/** Folders in which a subject has a file of its name: its code points, wire form, answer, decisions and options. */
const bySubject = [...catalogues, 'src/handshake/decisions', 'src/server/options', 'src/cli/options'];

test('a file name means one thing, except where a subject has a file on each floor', () => {
  const named = places.filter(({ folder, name }) => !bySubject.includes(folder) && name !== 'index.ts');
  const names = named.map(({ name }) => name);
  const doubled = named.filter(({ name }) => names.indexOf(name) !== names.lastIndexOf(name));
  assert.deepEqual(
    doubled.map(({ folder, name }) => `${folder}/${name}`),
    [],
  );
});
