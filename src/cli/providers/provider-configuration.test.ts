import assert from 'node:assert/strict';
import { test } from 'node:test';
import { optionNamed } from '../options/index.ts';
import { needsAnotherStart, providerChoice } from './provider-choice.ts';
import { startConfiguration } from './provider-configuration.ts';

const choiceOf = (...words: string[]) => providerChoice(words, optionNamed);
const configurationOf = (...words: string[]) => (startConfiguration(choiceOf(...words)) ?? '').split('\n');

test('a provider is looked for in the last folder before it', () => {
  const { providers } = choiceOf(
    '-provider-path',
    '/a',
    '-provider',
    'x',
    '-provider-path=/b',
    '--provider=y',
    '-provider',
    'base',
  );
  assert.deepEqual(
    providers.map(({ name, module }) => [name, module?.replace(/\.\w+$/, '')]),
    [
      ['x', '/a/x'],
      ['y', '/b/y'],
      ['base', undefined],
    ],
  );
});

test('what stands for the value of another option is no provider', () => {
  assert.ok(!needsAnotherStart(choiceOf('-psk_hint', '-provider', '-cert', 'legacy')));
  assert.ok(!needsAnotherStart(choiceOf('-provider', 'default', '--', '-provider', 'legacy')));
  assert.ok(!needsAnotherStart(choiceOf('-provider')));
  assert.ok(needsAnotherStart(choiceOf('-unknown', '-provider', 'legacy')));
  assert.ok(needsAnotherStart(choiceOf('-propquery', 'x=y')));
});

test('an engine that is not there, and the one that loads others, need no other start', () => {
  assert.ok(needsAnotherStart(choiceOf('-engine', 'x')));
  assert.ok(!needsAnotherStart(choiceOf('-engine', 'dynamic')));
  assert.ok(!needsAnotherStart(choiceOf('-psk_hint', '-engine', 'x')));
  assert.deepEqual(configurationOf('-engine', 'nosuch', '-engine', '/no/such.so', '-engine', 'dynamic'), ['']);
  assert.ok(!configurationOf('-engine', 'nosuch', '-provider', 'legacy').some((line) => line.includes('engine')));
});

test('the default provider is always there for random numbers, and for nothing else unless it was asked for', () => {
  const excluded = configurationOf('-provider', '/x/y.so');
  assert.ok(
    excluded.includes('default_properties = provider\\!=default') ||
      excluded.includes('default_properties = provider!=default'),
  );
  assert.ok(excluded.includes('properties = provider=default'));
  assert.ok(excluded.some((line) => line.startsWith('default = ')));
  const asked = configurationOf('-provider', '/x/y.so', '-provider', 'default');
  assert.ok(!asked.some((line) => line.startsWith('default_properties')));
});

test('what a query demands is not demanded of the random generator', () => {
  const lines = configurationOf('-propquery', '?provider=x, fips=yes , -a.b');
  assert.ok(lines.includes('default_properties = ?provider=x, fips=yes , -a.b'));
  assert.ok(lines.includes('properties = provider=default,-fips,-a.b'));
  for (const unreadable of ['a==', ',', 'a=b,', '1', 'a b', '"', "a='"]) {
    assert.ok(
      !configurationOf('-propquery', unreadable).some((line) => line.startsWith('default_properties')),
      unreadable,
    );
  }
});

test('whatever is given stays on its line', () => {
  const lines = configurationOf(
    '-provider',
    'x\n[y]\nz = $(HOME)"#\\',
    '-provparam',
    'key=a\nb',
    '-provparam',
    'a\nb=c',
  );
  const plain = configurationOf('-provider', 'x', '-provparam', 'key=a');
  assert.equal(lines.length, plain.length);
  assert.ok(lines.some((line) => line.endsWith('\\$\\(HOME\\)\\"\\#\\\\')));
  assert.ok(lines.includes('key = ab'));
});
