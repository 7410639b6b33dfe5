import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultGroups, defaultHybrids } from '../../names/groups.ts';
import { applyGroups, applyNamedCurve, ownGroups } from './group-list.ts';
import { ListFailure } from './list-failure.ts';

test('a plain list is one level in the order named', () => {
  assert.deepEqual(tuples('P-256: X448 :ffdhe2048'), [[0x0017, 0x001e, 0x0100]]);
});

test('all the names that OpenSSL has for a curve are known', () => {
  for (const name of ['P-256', 'secp256r1', 'prime256v1']) assert.deepEqual(tuples(name), [[0x0017]], name);
  for (const name of ['X25519', 'x25519']) assert.deepEqual(tuples(name), [[0x001d]], name);
  assert.deepEqual(tuples('prime192v1:sect163k1:brainpoolP256r1'), [[0x0013, 0x0001, 0x001a]]);
});

test('groups of newer releases are known', () => {
  assert.deepEqual(tuples('X25519MLKEM768:mlkem768'), [[0x11ec, 0x0201]]);
});

test('an unknown name is refused with the line of the reference', () => {
  for (const name of ['FOO', 'SECP256R1', 'ED25519', 'auto', 'nistp256']) {
    assert.deepEqual(failureLines(`X448:${name}`), [
      {
        library: 20,
        reason: 0x80106,
        text: 'passed invalid argument',
        function: 'gid_cb',
        extra: `group '${name}' cannot be set`,
      },
    ]);
  }
});

test('empty, repeated and overlong names are refused without a line', () => {
  for (const text of ['', ':', 'X25519:', ':X25519', 'X25519:x25519', 'P-256:secp256r1', 'X'.repeat(64)]) {
    assert.deepEqual(failureLines(text), [], text);
  }
});

test('a slash separates levels of preference', () => {
  assert.deepEqual(tuples('X25519MLKEM768/X25519:P-256/P-384'), [[0x11ec], [0x001d, 0x0017], [0x0018]]);
  assert.deepEqual(
    applyGroups('P-521/X448').groups.map(({ code }) => code),
    [0x0019, 0x001e],
  );
});

test('a question mark lets a name be unknown, an asterisk changes nothing for a server', () => {
  assert.deepEqual(tuples('?FOO:*X25519:?*P-256:*?BAR'), [[0x001d, 0x0017]]);
});

test('a minus takes out what came before', () => {
  assert.deepEqual(tuples('X25519:P-256/X448:-X25519:-X448'), [[0x0017]]);
  assert.deepEqual(tuples('-X25519:X25519'), [[0x001d]]);
});

test('DEFAULT is the own list, alone as without a list, among others with the hybrids as its first level', () => {
  assert.deepEqual(applyGroups('DEFAULT'), ownGroups());
  assert.deepEqual(tuples('DEFAULT'), [[...defaultGroups]]);
  const [first, hybrids, others] = tuples('P-521/DEFAULT:-X25519');
  assert.deepEqual([first, others], [[0x0019], defaultGroups.filter((it) => ![0x19, 0x1d].includes(it))]);
  // Not every Node has the curve of SM2.
  assert.deepEqual(hybrids?.slice(0, 2), defaultHybrids.slice(0, 2));
});

test('the newer syntax passes over repetitions and refuses what is empty', () => {
  assert.deepEqual(tuples('X25519/X25519:P-256'), [[0x001d], [0x0017]]);
  for (const text of ['?FOO', 'X25519:-X25519', 'X25519//P-256', '/', '*'])
    assert.deepEqual(failureLines(text), [], text);
});

test('a named curve is one name', () => {
  assert.deepEqual(
    applyNamedCurve('P-256').groups.map(({ code }) => code),
    [0x0017],
  );
  assert.deepEqual(applyNamedCurve('auto'), ownGroups());
  assert.throws(() => applyNamedCurve('P-256:P-384'), { name: 'ListFailure', lines: [] });
  assert.throws(() => applyNamedCurve('?P-256'), ListFailure);
  assert.throws(() => applyNamedCurve(''), { name: 'ListFailure', lines: [] });
});

test('any text at all gives groups, each once, or a failure', () => {
  const parts = fc.constantFrom('X25519', 'P-256', 'x448', 'FOO', 'DEFAULT', ':', '/', '?', '-', '*', ' ', '\0', 'é');
  fc.assert(
    fc.property(
      fc.array(parts).map((all) => all.join('')),
      (text) => {
        try {
          const { groups, tuples } = applyGroups(text);
          assert.ok(groups.length > 0);
          assert.equal(new Set(groups).size, groups.length);
          assert.deepEqual(tuples.flat(), groups);
        } catch (failure) {
          assert.ok(failure instanceof ListFailure);
        }
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

function tuples(text: string): number[][] {
  return applyGroups(text).tuples.map((level) => level.map(({ code }) => code));
}

function failureLines(text: string): unknown {
  try {
    applyGroups(text);
  } catch (failure) {
    assert.ok(failure instanceof ListFailure);
    return failure.lines;
  }
  return assert.fail(`${text} is accepted`);
}
