import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

/** Folders from the lowest upwards: a folder imports only from those before it, types too. */
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
  'report',
  'expect',
  'diagnostics',
  'server',
  'apps',
  'cli',
];

/**
 * Rooms of a folder from the lowest upwards, with the same rule. Files outside of a room are above all of the folder's
 * rooms, as the files outside of a folder are above all folders. Tests may use higher rooms.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  x509: ['asn1', 'extensions', 'certificates', 'files', 'verify', 'trust', 'ocsp', 'issue'],
  crypto: ['primitives', 'groups', 'srp'],
  diagnostics: ['capture', 'certificate', 'sessions', 'trace', 'handshake', 'explanations'],
  server: ['transport', 'http', 'sockets', 'listening', 'options'],
  handshake: [
    'flow',
    'carriers',
    'policy',
    'hello',
    'extensions',
    'decisions',
    'resumption',
    'certificates',
    'key-exchange',
    'tls12',
    'tls13',
  ],
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
    'identity',
    'configuration-file',
    'verify',
    'report',
    'start',
    'verdicts',
  ],
};

const files = readdirSync('src', { recursive: true })
  .map(String)
  .filter((it) => it.endsWith('.ts'));
const sources = files.filter((it) => !/\.test\.(?:fixture\.)?ts$/.test(it));
/** Folders of the engine. */
const engine = ['keys', 'handshake', 'connection'];
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

/** Files that read input of the settings, or write output of observers. */
const mayTouchFiles: readonly string[] = [
  'diagnostics/capture/capture-file.ts',
  'diagnostics/key-log.ts',
  'diagnostics/message-file.ts',
  'x509/files/passwords.ts',
  'x509/files/prompt.ts',
  'x509/files/store.ts',
  'x509/trust/directory-trust-store.ts',
  'x509/trust/uri-trust-store.ts',
];

test('below the server only those who load and those who log touch files', () => {
  const below = sources.filter((file) => floorOf(file) < folders.indexOf('server'));
  assert.deepEqual(below.filter((file) => /'node:fs\b/.test(textOf(file))).sort(), mayTouchFiles);
});

test('nothing that the engine is made of touches files, sockets or processes', () => {
  const reached = new Set<string>();
  const reach = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const target of imports.get(file) ?? []) reach(target);
  };
  for (const file of sources) if (engine.includes(folderOf(file))) reach(file);
  assert.ok(reached.size > 200);
  const outside = /'node:(?:fs|net|dgram|dns|tls|http|https|http2|child_process|worker_threads|os|readline)\b/;
  assert.deepEqual(
    [...reached].filter((file) => outside.test(textOf(file))),
    [],
  );
});

test('the engine has time and chance from its surroundings alone', () => {
  const doors = 'handshake/flow/surroundings.ts';
  const own =
    /\bDate\.now|\bperformance\b|\bnew Date\(\)|\bset(?:Timeout|Interval|Immediate)\b|\brandomBytes\b|Math\.random|'node:crypto'.*generate/;
  const folder = (file: string) => engine.includes(folderOf(file)) || folderOf(file) === 'record';
  assert.deepEqual(
    sources.filter((file) => folder(file) && own.test(textOf(file))),
    [doors],
  );
});

/** importsOf returns the static and lazy imports of other files under src, by their paths there. */
function importsOf(file: string): string[] {
  return [...textOf(file).matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'(\.[^']*)'/g)].map(([, path = '']) =>
    join(dirname(file), path),
  );
}

/** roomOf returns the room of a file of this folder; undefined for a file outside of a room. */
function roomOf(file: string, folder: string): string | undefined {
  const [first, room, ...rest] = file.split('/');
  return first === folder && rest.length > 0 ? room : undefined;
}

function placeIn(order: readonly string[], room: string | undefined): number {
  return room === undefined ? order.length : order.indexOf(room);
}

function textOf(file: string): string {
  return readFileSync(join('src', file), 'utf8');
}

/** floorOf places the files outside of a folder above all. */
function floorOf(file: string): number {
  return file.includes('/') ? folders.indexOf(folderOf(file)) : folders.length;
}

function folderOf(file: string): string {
  return file.split('/')[0] ?? '';
}
