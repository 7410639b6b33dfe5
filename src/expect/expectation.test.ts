import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BadTerm } from './bad-term.ts';
import { connectionsNeeded, expectNobody } from './counts.ts';
import { expectationsFrom, expectationsInFile } from './expectation.ts';
import { terms } from './terms/index.ts';

const shown = (list: string) =>
  expectationsFrom(list).map((it) => [it.text, it.about === 'connection' ? it.scope : 'count', it.negated]);

test('terms are joined by commas, and a comma of a value has a backslash', () => {
  assert.deepEqual(shown('tls=1.3, alpn=h2'), [
    ['tls=1.3', 'every', false],
    ['alpn=h2', 'every', false],
  ]);
  assert.deepEqual(shown('client-name=a\\,b'), [['client-name=a,b', 'every', false]]);
});

test('prefixes say for which connection, and whether the opposite is expected', () => {
  assert.deepEqual(
    shown('any:tls=1.2,first:pq,last:!pq,not:grease,3:not:resumed,!retry,not:not:pq,connections>=2').map(
      ([, ...it]) => it,
    ),
    [
      ['any', false],
      ['first', false],
      ['last', true],
      ['every', true],
      [3, true],
      ['every', true],
      ['every', false],
      ['count', false],
    ],
  );
});

test('every term of the documentation is understood by its example', () => {
  for (const [name, { example, help }] of Object.entries(terms)) {
    assert.ok(example.includes(name), name);
    assert.ok(help.length > 10, name);
    assert.equal(expectationsFrom(example).length, 1);
  }
});

test('names are found in any case and by every synonym', () => {
  for (const term of [
    ...[
      'suite=ECDHE-RSA-AES128-GCM-SHA256',
      'suite=tls_ecdhe_rsa_with_aes_128_gcm_sha256',
      'suite=0xc02f',
      'suite=49199',
    ],
    ...['group=P-256', 'group=secp256r1', 'group=PRIME256V1', 'share=X25519', 'alert=UNKNOWN_CA', 'ext=server_name'],
    ...['scheme=rsa_pss_rsae_sha256', 'failed=nosharedcipher', 'tls>=1.2', 'hello<=1500'],
  ])
    assert.doesNotThrow(() => expectationsFrom(term), term);
});

test('what cannot be understood is told with what was meant', () => {
  const told = (list: string) => {
    try {
      expectationsFrom(list);
      return 'understood';
    } catch (error) {
      assert.ok(error instanceof BadTerm);
      return error.message;
    }
  };
  assert.equal(told('tls=1.3,alpnn=h2'), '"alpnn=h2": no term is called "alpnn": did you mean alpn?');
  assert.match(told('group=x25518'), /no group is called "x25518": did you mean x25519/);
  assert.match(told('tsl=1.3'), /no term is called "tsl": did you mean tls/);
  assert.equal(told('any:connections=2'), '"any:connections=2": counts all connections, not some of them');
  assert.equal(told('first:last:pq'), '"first:last:pq": one prefix only says for which connection');
  assert.equal(told('tls=1.3,'), '"": a term is missing');
  assert.equal(told('pq=yes'), '"pq=yes": takes no value');
  assert.equal(told('tls='), '"tls=": needs a value');
  assert.equal(told('early-data=maybe'), '"early-data=maybe": "maybe" is none of accepted, rejected, none');
  assert.equal(told('constructor'), '"constructor": no term is called "constructor"');
});

test('no text makes anything but a BadTerm', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.constantFrom(...Object.keys(terms)).chain((name) => fc.string().map((value) => `${name}=${value}`)),
      ),
      (list) => {
        try {
          expectationsFrom(list);
        } catch (error) {
          assert.ok(error instanceof BadTerm, String(error));
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a file has a term a line, and comments', () => {
  const file = '# for the client\r\ntls=1.3..\n\n  not:http=GET /a,b\n';
  assert.deepEqual(
    expectationsInFile(file).map(({ text }) => text),
    ['tls=1.3..', 'not:http=GET /a,b'],
  );
});

test('as many connections are needed as a term names', () => {
  const needed = (list: string) => connectionsNeeded(expectationsFrom(list));
  assert.deepEqual(
    ['pq', '3:resumed,first:pq', 'connections=2', 'connections=2..4', 'not:connections=1', 'connections=..3'].map(
      needed,
    ),
    [1, 3, 2, 2, 2, 1],
  );
  assert.deepEqual(['connections=3..,not:connections=3', 'connections=0'].map(needed), [4, undefined]);
  assert.equal(connectionsNeeded([]), 1);
});

test('nobody is expected where the number of connections may be none', () => {
  const nobody = (list: string) => expectNobody(expectationsFrom(list));
  assert.deepEqual(
    ['connections=0', 'connections=..2', 'connections=1..', 'not:connections=0', 'not:pq', '2:pq'].map(nobody),
    [true, true, false, false, false, false],
  );
});
