import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

/** From the bottom of the house upwards: a folder imports from those before it, types too. */
const folders = [
  'bytes',
  'names',
  'messages',
  'crypto',
  'x509',
  'sessions',
  'record',
  'keys',
  'handshake',
  'connection',
  'facts',
  'diagnostics',
  'server',
  'apps',
  'cli',
];

/**
 * The same inside a folder: its rooms from the bottom upwards. Files that are in no room of the folder are above all of
 * them, as the front doors are above all folders. Tests may use rooms above their own.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  cli: [
    'output',
    'arguments',
    'providers',
    'configuration',
    'options',
    'help',
    'command-line',
    'watchers',
    'credentials',
    'trust',
    'configuration-file',
    'verify',
    'start',
  ],
};

const files = readdirSync('src', { recursive: true })
  .map(String)
  .filter((it) => it.endsWith('.ts'));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

test('every folder has its place in the house', () => {
  const found = new Set(files.filter((it) => it.includes('/')).map(folderOf));
  assert.deepEqual(
    [...found].filter((it) => !folders.includes(it)),
    [],
  );
});

test('a folder imports only from folders below it, types too', () => {
  const wrong = [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => floorOf(target) > floorOf(file) || !imports.has(target))
      .map((target) => `${file} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test('a folder whose rooms have an order has no room without a place in it', () => {
  for (const [folder, order] of Object.entries(rooms)) {
    const found = new Set(files.filter((it) => roomOf(it, folder) !== undefined).map((it) => roomOf(it, folder)));
    assert.deepEqual([...found].sort(), [...order].sort(), folder);
  }
});

test('a room imports only from rooms of its folder that are below it', () => {
  const wrong = Object.entries(rooms).flatMap(([folder, order]) =>
    [...imports]
      .filter(([file]) => folderOf(file) === folder && !file.includes('.test.'))
      .flatMap(([file, targets]) =>
        targets
          .filter((target) => folderOf(target) === folder)
          .filter((target) => placeIn(order, roomOf(target, folder)) > placeIn(order, roomOf(file, folder)))
          .map((target) => `${file} imports ${target}`),
      ),
  );
  assert.deepEqual(wrong, []);
});

test('no import leads back to where it came from', () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file].join(' > '));
    if (start >= 0 || done.has(file)) return;
    for (const target of imports.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  assert.deepEqual(circles, []);
});

/** Of static and lazy imports, those of other files under src, by their paths there. */
function importsOf(file: string): string[] {
  const source = readFileSync(join('src', file), 'utf8');
  return [...source.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'(\.[^']*)'/g)].map(([, path = '']) =>
    join(dirname(file), path),
  );
}

/** The room of a file of this folder; undefined where it is in none. */
function roomOf(file: string, folder: string): string | undefined {
  const [first, room, ...rest] = file.split('/');
  return first === folder && rest.length > 0 ? room : undefined;
}

function placeIn(order: readonly string[], room: string | undefined): number {
  return room === undefined ? order.length : order.indexOf(room);
}

/** The front doors, which are in no folder, are above all. */
function floorOf(file: string): number {
  return file.includes('/') ? folders.indexOf(folderOf(file)) : folders.length;
}

function folderOf(file: string): string {
  return file.split('/')[0] ?? '';
}
