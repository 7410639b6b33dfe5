import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadVerifierFile, readVerifierFile, srpBase64 } from './srp-verifier-file.ts';

const line = (...fields: string[]) => `${fields.join('\t')}\n`;
const alice = line('V', '3x', '2y', 'alice', '2048', 'of the cellar');

test('a user is found by name, with group and information', () => {
  const users = readVerifierFile(`# a comment\n\n${alice}${line('V', '5', '6', 'bob', '1024', '')}`);
  assert.equal(users('alice')?.info, 'of the cellar');
  assert.equal(users('alice')?.group.n.length, 256);
  assert.equal(users('bob')?.group.n.length, 128);
  assert.equal(users('Alice'), undefined);
});

test('of two lines for one name the first counts, and those that are no user do not', () => {
  const revoked = line('R', '9', '9', 'alice', '1024', 'revoked');
  const again = line('V', '9', '9', 'alice', '1024', 'again');
  assert.equal(readVerifierFile(revoked + alice + again)('alice')?.info, 'of the cellar');
});

test('a line of type I defines a group', () => {
  const users = readVerifierFile(line('I', 'zzzzz', '2', 'own', '', '') + line('V', '5', '6', 'eve', 'own', ''));
  assert.deepEqual([...(users('eve')?.group.g ?? [])], [2]);
});

test('a user of an unknown group is passed over', () => {
  assert.equal(readVerifierFile(line('V', '5', '6', 'eve', '999', ''))('eve'), undefined);
});

test('with a seed an unknown name looks like a known one, and the same at every look', () => {
  const users = readVerifierFile(alice, 'seed');
  const nobody = users('nobody');
  assert.ok(nobody);
  assert.equal(nobody.salt.length, 20);
  assert.deepEqual(nobody, users('nobody'));
  assert.notDeepEqual(nobody.salt, users('somebody')?.salt);
  assert.notDeepEqual(nobody.salt, readVerifierFile(alice, 'other')('nobody')?.salt);
  assert.equal(nobody.group, users('alice')?.group);
  assert.equal(readVerifierFile('', 'seed')('nobody'), undefined);
});

test('no salt tells by a leading zero that its user is unknown', () => {
  const users = readVerifierFile(alice, 'seed');
  for (let i = 0; i < 1000; i++) assert.notEqual(users(`nobody${i}`)?.salt[0], 0);
});

test('numbers are big-endian digits of six bits', () => {
  assert.deepEqual(Buffer.from(srpBase64('0') ?? [1]), Buffer.alloc(0));
  assert.deepEqual(Buffer.from(srpBase64('/') ?? []), Buffer.of(63));
  assert.deepEqual(Buffer.from(srpBase64('0010') ?? []), Buffer.of(64));
  assert.equal(srpBase64('a!'), undefined);
});

test('a line with too few fields and a number that is none are told by their numbers', () => {
  const result = (text: string) => {
    try {
      readVerifierFile(text);
      return 0;
    } catch (error) {
      return error instanceof BadVerifierFile ? error.result : error;
    }
  };
  assert.equal(result('V\tabc\n'), 1);
  assert.equal(result(line('V', 'a!b', '2', 'al', '2048', '')), 2);
  assert.equal(result(line('V', '', '2', 'al', '2048', '')), 2);
});
