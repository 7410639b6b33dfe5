import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateFiles } from './certificates.ts';
import { run } from './clients.ts';
import {
  answered,
  carryBothWays,
  gnutls,
  node,
  openssl,
  providers,
  withoutGnutls,
  withoutOpenssl,
} from './legacy-suites.ts';
import { Program } from './program.ts';

test(
  'SEED carries data both ways, where the program was asked for the legacy provider',
  { skip: withoutOpenssl },
  (t) =>
    carryBothWays(t, openssl, [
      ['SEED-SHA', '-tls1'],
      ['DHE-RSA-SEED-SHA', '-tls1_1'],
      ['ADH-SEED-SHA', '-tls1_2'],
    ]),
);

test('RC4 and Triple DES, which openssl was built without, carry data both ways', { skip: withoutGnutls }, (t) =>
  carryBothWays(t, gnutls, [
    ['VERS-TLS1.0', 'ARCFOUR-128', 'SHA1', 'RSA'],
    ['VERS-TLS1.1', 'ARCFOUR-128', 'MD5', 'RSA'],
    ['VERS-TLS1.2', 'ARCFOUR-128', 'SHA1', 'ECDHE-RSA'],
    ['VERS-TLS1.0', '3DES-CBC', 'SHA1', 'ECDHE-RSA'],
    ['VERS-TLS1.2', '3DES-CBC', 'SHA1', 'RSA'],
  ]),
);

test('IDEA, which ends with TLS 1.1, carries data both ways', (t) =>
  carryBothWays(t, node, [['IDEA-CBC-SHA', 'TLSv1.1']]));

test('key and certificate come out of files that RC4 and RC2 protect', { skip: withoutOpenssl }, async (t) => {
  for (const name of ['rc4', 'rc2']) {
    const file = `test/vectors/pkcs12/${name}.p12`;
    const { port } = await Program.start(t, ...providers, '-rev', '-cert', file, '-pass', 'pass:secret');
    const { out } = await run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`], 'CLOSE\n');
    assert.match(out, /^subject=CN = pkcs12$/m, name);
  }
});

test(
  'without the provider RC4 is no suite, and Triple DES is one by its name alone',
  { skip: withoutGnutls },
  async (t) => {
    const { words } = certificateFiles(t, 'RSA');
    const refused = new Program(['-cipher', 'RC4-SHA:@SECLEVEL=0', ...words]);
    await refused.closed;
    assert.equal(refused.process.exitCode, 1);
    assert.match(refused.err, /no cipher match/);
    for (const [list, accepted] of [
      ['ALL:3DES:@SECLEVEL=0', false],
      ['DES-CBC3-SHA:@SECLEVEL=0', true],
    ] as const) {
      const { port } = await Program.start(t, '-rev', '-cipher', list, ...words);
      const { out } = await gnutls(port, 'VERS-TLS1.2', '3DES-CBC', 'SHA1', 'RSA');
      assert.equal(out.includes(answered), accepted, list);
    }
  },
);
