import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { certificateFiles } from './certificates.ts';
import { installed, run } from './clients.ts';
import { Program } from './program.ts';

/** With suites that only a name chooses; those of SEED are among all. */
const everything = 'ALL:RC4-SHA:RC4-MD5:IDEA-CBC-SHA:ECDHE-RSA-RC4-SHA:DES-CBC3-SHA:ECDHE-RSA-DES-CBC3-SHA:@SECLEVEL=0';

const line = `0123456789${'abcdefghi '.repeat(99)}`;
const sent = `${`${line}\n`.repeat(100)}CLOSE\n`;
const answered = `${[...line].reverse().join('')}\n`.repeat(100);

const withoutOpenssl = installed('openssl') === undefined && 'openssl is not installed';
const withoutGnutls = installed('gnutls-cli') === undefined && 'gnutls-cli is not installed';

test(
  'SEED carries 100 kB both ways, where the program was asked for the legacy provider',
  {
    skip: withoutOpenssl,
  },
  async (t) => {
    const { port } = await startLegacy(t);
    for (const name of ['SEED-SHA', 'DHE-RSA-SEED-SHA', 'ADH-SEED-SHA']) {
      for (const version of ['-tls1', '-tls1_1', '-tls1_2']) {
        const words = ['-connect', `127.0.0.1:${port}`, version, '-cipher', `${name}:@SECLEVEL=0`, ...quietly];
        const { out, err } = await run('openssl', ['s_client', ...providers, ...words], sent);
        assert.ok(out.includes(answered), `${name} ${version}: ${err}`);
      }
    }
  },
);

test(
  'RC4 and Triple DES, which openssl was built without, carry 100 kB both ways',
  {
    skip: withoutGnutls,
  },
  async (t) => {
    const { port } = await startLegacy(t);
    for (const cipher of ['ARCFOUR-128:+SHA1', 'ARCFOUR-128:+MD5', '3DES-CBC:+SHA1']) {
      for (const version of ['1.0', '1.1', '1.2']) {
        for (const exchange of ['RSA', 'ECDHE-RSA']) {
          if (exchange === 'ECDHE-RSA' && cipher.endsWith('MD5')) continue;
          const { out, err } = await gnutls(port, `+VERS-TLS${version}:+${cipher}:+${exchange}`);
          assert.ok(out.includes(answered), `${cipher} ${version} ${exchange}: ${err}`);
        }
      }
    }
  },
);

test('IDEA, which ends with TLS 1.1, carries 100 kB both ways', async (t) => {
  const { port } = await startLegacy(t);
  for (const version of ['TLSv1', 'TLSv1.1']) {
    const script = `
      const [port, version] = process.argv.slice(1);
      const options = { ciphers: 'IDEA-CBC-SHA:@SECLEVEL=0', minVersion: version, maxVersion: version };
      const socket = require('node:tls').connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
      process.stdin.pipe(socket).pipe(process.stdout);`;
    const words = ['--openssl-legacy-provider', '--eval', script, `${port}`, version];
    const { out, err } = await run(process.execPath, words, sent);
    assert.ok(out.includes(answered), `${version}: ${err}`);
  }
});

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
    await once(refused.process, 'close');
    assert.equal(refused.process.exitCode, 1);
    assert.match(refused.err, /no cipher match/);
    for (const [list, accepted] of [
      ['ALL:3DES:@SECLEVEL=0', false],
      ['DES-CBC3-SHA:@SECLEVEL=0', true],
    ] as const) {
      const { port } = await Program.start(t, '-rev', '-cipher', list, ...words);
      const { out } = await gnutls(port, '+VERS-TLS1.2:+3DES-CBC:+SHA1:+RSA');
      assert.equal(out.includes(answered), accepted, list);
    }
  },
);

const providers = ['-provider', 'legacy', '-provider', 'default'];
const quietly = ['-quiet', '-ign_eof', '-nocommands'];

function startLegacy(t: Parameters<typeof certificateFiles>[0]): Promise<Program> {
  return Program.start(t, ...providers, '-rev', '-cipher', everything, ...certificateFiles(t, 'RSA').words);
}

function gnutls(port: number, words: string) {
  const list = `NONE:${words}:+SIGN-ALL:+SIGN-RSA-SHA1:+GROUP-ALL:+CTYPE-X509:%VERIFY_ALLOW_BROKEN`;
  const priority = `${list}:%PROFILE_VERY_WEAK`;
  return run('gnutls-cli', ['--insecure', '--priority', priority, '-p', `${port}`, '127.0.0.1'], sent);
}
