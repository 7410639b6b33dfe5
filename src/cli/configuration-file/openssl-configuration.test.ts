import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BadConfiguration, readConfiguration } from './openssl-configuration.ts';

const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
after(() => rmSync(folder, { recursive: true }));

test('sections hold names and values; what stands first is the default section', () => {
  assert.deepEqual(read('a = 1\n\n[ one ]\nb=2 # not this\n# nor this\n c =  x  y  \n[two words]\n[one]\nb = 3\n'), {
    default: { a: '1' },
    one: { c: 'x  y', b: '3' },
    'two words': {},
  });
});

test('quotes and backslashes keep characters, and some letters stand for control characters', () => {
  assert.deepEqual(
    values(`a = " x # "\nb = 'it"s' \\# \\"\nc = \`#\`\nd = \\n\\r\\t\\b\\q\ne = "a\\"b"\nf = "open\n`),
    {
      a: ' x # ',
      b: 'it"s # "',
      c: '#',
      d: '\n\r\t\bq',
      e: 'a"b',
      f: 'open',
    },
  );
});

test('a line that ends with a backslash goes on in the next', () => {
  assert.deepEqual(values('a = one \\\ntwo\nb = x\\\\\nc = 1\r\n'), { a: 'one two', b: 'x\\', c: '1' });
});

test('variables come from the section, from a named one, from the default section and from the environment', () => {
  const text = `d = D\n[s]\nx = X\nown = $x-\${x}-$(x)\ndefault = $d\n[t]\nother = $s::x\${s::x}\nhome = $ENV::PLACE\n`;
  assert.deepEqual(read(text, { PLACE: 'here' }), {
    default: { d: 'D' },
    s: { x: 'X', own: 'X-X-X', default: 'D' },
    t: { other: 'XX', home: 'here' },
  });
});

test('a name may say its section', () => {
  assert.deepEqual(read('[a]\nb::c = 1\n').b, { c: '1' });
});

test('with the pragma, a dollar is a letter unless a brace follows', () => {
  assert.equal(values(`.pragma = dollarid:on\nv = 1\nx = a$v\${v}\n`).x, 'a$v1');
});

test('a byte order mark is skipped', () => {
  assert.deepEqual(values('\u{feff}a = 1\n'), { a: '1' });
});

test('files and the files of a folder are included; what is missing is passed over', () => {
  write('inner.cnf', 'b = 2\n');
  mkdirSync(join(folder, 'parts'));
  write('parts/one.conf', `c = 3\n.include ${folder}/parts\n`);
  write('parts/two.txt', 'no configuration\n');
  const text = `a = 1\n.include ${folder}/inner.cnf\n.include = ${folder}/parts\n.include ${folder}/nothing\nd = 4\n`;
  assert.deepEqual(values(text), { a: '1', b: '2', c: '3', d: '4' });
  assert.deepEqual(values(`.pragma includedir:${folder}\n.include inner.cnf\n`), { b: '2' });
  assert.deepEqual(values('.include inner.cnf\n', { OPENSSL_CONF_INCLUDE: folder }), { b: '2' });
});

const bad: [string, string][] = [
  ['a section without its bracket', '[a\nb = 1\n'],
  ['a line without an equal sign', 'a\n'],
  ['a name with a space', 'a b = c\n'],
  ['a variable without a value', 'a = $b\n'],
  ['a variable whose brace is not closed', `b = 1\na = \${b\n`],
  ['a lone dollar', 'a = $\n'],
  ['an unknown word for a pragma', '.pragma dollarid:perhaps\n'],
  ['a relative file where only absolute ones are allowed', '.pragma abspath:true\n.include a.cnf\n'],
  ['a file that includes itself', `.include ${join(folder, 'test.cnf')}\n`],
  ['a value of more than 64 KiB', `a = ${'x'.repeat(60000)}\nb = $a$a\n`],
  ['values that grow without end', `a = ${'x'.repeat(65000)}\n${'b = $a\n'.repeat(100)}`],
  ['more than a mebibyte', `# ${'x'.repeat(1 << 20)}\n`],
];
for (const [what, text] of bad) {
  test(`${what} makes a configuration bad`, () => {
    assert.throws(() => read(text), BadConfiguration);
  });
}

test('a file that is not there is an error of the system', () => {
  assert.throws(() => readConfiguration(join(folder, 'nowhere'), {}), { code: 'ENOENT' });
});

function read(text: string, environment: NodeJS.ProcessEnv = {}): Record<string, Record<string, string>> {
  write('test.cnf', text);
  const sections = readConfiguration(join(folder, 'test.cnf'), environment);
  return Object.fromEntries(Array.from(sections, ([name, section]) => [name, Object.fromEntries(section)]));
}

function values(text: string, environment?: NodeJS.ProcessEnv): Record<string, string> {
  return read(text, environment).default ?? {};
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}
