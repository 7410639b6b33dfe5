import assert from 'node:assert/strict';
import { test } from 'node:test';
import { helpAbout, nearestOptions } from './help-about.ts';

test('help about a word has the option of this name first, then others that are about it', () => {
  const { text, exitCode } = helpAbout('-alpn');
  assert.equal(exitCode, 0);
  assert.match(text, /^ -alpn val +/);
  const names = [...helpAbout('ECH').text.matchAll(/^ -(\w+)/gm)].map(([, name]) => name);
  assert.ok(names.includes('ech_key') && names.includes('ech_dir'));
});

test('help about a word has commands too', () => {
  assert.match(helpAbout('verify').text, /^ verify options files +Verify certificates/m);
});

test('help about a word that nothing is about names what is near', () => {
  assert.deepEqual(helpAbout('acept'), {
    text: 'Nothing is about "acept"\nDid you mean -accept?\n',
    exitCode: 1,
  });
  assert.equal(helpAbout('\u001b[2J').text, 'Nothing is about "\\u001b[2J"\n');
});

test('a misspelt option is answered with the nearest ones, at most three', () => {
  assert.match(nearestOptions('tls1_4'), /^Did you mean (-\w+, ){2}-\w+\?\n$/);
  assert.equal(nearestOptions('nothing_like_it'), '');
});
