import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rows } from '../options/index.ts';
import { shownWords } from './shown-words.ts';

test('secrets are not shown, behind the name or with an equals sign', () => {
  const words = ['-cert', 'c.pem', '-pass', 'pass:geheim', '--psk=c0ffee', '-srpval', 'users', '-www', '-psk'];
  assert.deepEqual(shownWords(words), [
    ...['-cert', 'c.pem', '-pass', '***', '--psk=***', '-srpval', '***', '-www', '-psk'],
  ]);
});

test('an argument that looks like an option is an argument', () => {
  assert.deepEqual(shownWords(['-cert', '-pass', 'x', '-pass', '-psk', 'y']), [
    '-cert',
    '-pass',
    'x',
    '-pass',
    '***',
    'y',
  ]);
});

test('every option that takes a password, a key in hex or a seed is marked', () => {
  const marked = rows.filter(({ secret }) => secret).map(({ name }) => name);
  assert.deepEqual(marked.sort(), ['dpass', 'pass', 'proxy', 'psk', 'srpuserseed', 'srpvfile']);
});
