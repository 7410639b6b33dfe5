import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { certificateFiles, folder } from './certificates.ts';
import { installed, run } from './clients.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';
const everything = 'ALL:COMPLEMENTOFALL:@SECLEVEL=0';

/** Connection is a suite in one of its versions. */
interface Connection {
  readonly suite: Suite;
  readonly version: string;
}

/** carryBothWays is a test in which openssl or gnutls-cli connects with all chosen suites and versions. */
export function carryBothWays(title: string, chosen: (all: readonly Connection[]) => readonly Connection[]): void {
  test(title, { skip, concurrency: 2 }, async (t) => {
    const path = folder(t);
    const verifiers = join(path, 'verifiers');
    writeFileSync(verifiers, alice);
    const start = (type: 'RSA' | 'P-256' | 'DSA') => {
      const words = ['-rev', '-cipher', everything, '-ciphersuites', suites13, '-psk', psk, '-srpvfile', verifiers];
      return Program.start(t, ...words, ...certificateFiles(t, type).words);
    };
    const [rsa, ecdsa, dss] = [await start('RSA'), await start('P-256'), await start('DSA')];
    const ports: Readonly<Record<string, number>> = { ECDSA: ecdsa.port, DSS: dss.port };
    const all = listedSuites().flatMap((suite) => versionsOf(suite).map((version) => ({ suite, version })));
    await Promise.all(
      chosen(all).map(({ suite, version }) => {
        const port = ports[suite.authentication] ?? rsa.port;
        const isSrp = suite.keyExchange === 'SRP';
        const missing = isSrp && installed('gnutls-cli') === undefined && 'gnutls-cli is not installed';
        return t.test(`${suite.name} ${version}`, { skip: missing }, async () => {
          const { out, err } = isSrp ? await gnutls(port, suite, version) : await openssl(port, suite, version);
          assert.ok(out.includes(answered), `${err}${out.slice(0, 2000)}`);
        });
      }),
    );
  });
}

/** covering chooses connections with every protection of each version, and every key exchange and authentication. */
export function covering(all: readonly Connection[]): readonly Connection[] {
  const seen = new Set<string>();
  return all.filter(({ suite: { keyExchange, authentication, protection }, version }) => {
    const traits = [`${keyExchange} ${authentication}`, `${protection} ${version}`];
    const isNew = traits.some((trait) => !seen.has(trait));
    for (const trait of traits) seen.add(trait);
    return isNew;
  });
}

interface Suite {
  readonly name: string;
  /** The suite's first version, as openssl names it. */
  readonly since: string;
  readonly keyExchange: string;
  readonly authentication: string;
  /** Cipher and MAC, as openssl lists them. */
  readonly protection: string;
}

/** listedSuites asks the client itself, so that none is missing. */
function listedSuites(): readonly Suite[] {
  const { stdout } = spawnSync('openssl', ['ciphers', '-V', everything], { encoding: 'utf8' });
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => /- (\S+) +(\S+) +Kx=(\S+) +Au=(\S+) +(Enc=.*)/.exec(line));
  return rows.map((row) => {
    const [, name = '', since = '', keyExchange = '', authentication = '', protection = ''] = row ?? [];
    return { name, since, keyExchange, authentication, protection };
  });
}

/** versionsOf leaves out SSL 3.0, which no client supports any more and which has a test of its own. */
function versionsOf({ since }: Suite): readonly string[] {
  if (since === 'TLSv1.3') return ['TLS1.3'];
  return since === 'TLSv1.2' ? ['TLS1.2'] : ['TLS1.0', 'TLS1.1', 'TLS1.2'];
}

/** Lines that the program echoes reversed, and the word that makes it close. */
const line = `0123456789${'abcdefghi '.repeat(99)}`;
const sent = `${`${line}\n`.repeat(100)}CLOSE\n`;
const answered = `${[...line].reverse().join('')}\n`.repeat(100);

const psk = '0123456789abcdef';
const suites13 = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_128_CCM_SHA256',
  'TLS_AES_128_CCM_8_SHA256',
].join(':');

async function openssl(port: number, suite: Suite, version: string) {
  const flags: Readonly<Record<string, string>> = {
    'TLS1.0': '-tls1',
    'TLS1.1': '-tls1_1',
    'TLS1.2': '-tls1_2',
    'TLS1.3': '-tls1_3',
  };
  const cipher = version === 'TLS1.3' ? ['-ciphersuites', suite.name] : ['-cipher', `${suite.name}:@SECLEVEL=0`];
  const key = suite.keyExchange.endsWith('PSK') ? ['-psk', psk] : [];
  const words = ['-connect', `127.0.0.1:${port}`, flags[version] ?? '', ...cipher, ...key];
  return run('openssl', ['s_client', ...words, ...quietly], sent);
}

const quietly = ['-quiet', '-ign_eof', '-nocommands'];

/** gnutls is used for SRP, where both the client and the server of openssl 3.0 crash. */
async function gnutls(port: number, { name, authentication }: Suite, version: string) {
  const exchange = authentication === 'SRP' ? 'SRP' : `SRP-${authentication}`;
  const words = name.includes('AES-256') ? 'AES-256-CBC' : name.includes('AES-128') ? 'AES-128-CBC' : '3DES-CBC';
  const list = `NONE:+VERS-${version}:+${words}:+SHA1:+${exchange}:+SIGN-ALL:+SIGN-DSA-SHA1:+SIGN-DSA-SHA256`;
  const priority = `${list}:+SIGN-RSA-SHA1:+GROUP-ALL:+CTYPE-X509:%VERIFY_ALLOW_BROKEN:%PROFILE_VERY_WEAK`;
  const login = ['--srpusername', 'alice', '--srppasswd', 'wonderland'];
  return run('gnutls-cli', [...login, '--insecure', '--priority', priority, '-p', `${port}`, '127.0.0.1'], sent);
}

/** Output of `openssl srp -add -gn 2048` for the password `wonderland`. */
const alice = [
  'V',
  [
    '2Q9N9gPCdKbrUog031E7ZxOrj5IhmrbY2Ou6cbYd35KCqU5TaiulJ2.zDFhPsD0JDHU/oDyX3LdnXgKQgfLlMb',
    '5sLMQwcRGbssIiAua.0sGyJdvlkBI4M1pGjSt7QoG.4phPGrcnIUSiIdtzyQ//I3hpMs/D/kFguQLJzJ6fImT6',
    'JyWVMwQLD.deXWX2ANxI.TP0MQQlldgEFVjgteHcSdqSILi1nCXlLYpufFBe.UqeK7JDDwPCMdJMFERsXRaHX1',
    'YQGSVZYgYfg/K5virkYIUm7RzcjgPKSePwGK/.XHxuwuWQ08fK.0K5XeMMuntV7S5OpyQLTFIG6unJLd8.QX',
  ].join(''),
  '6YmQJDzdnN7GIE6z2bzTjL0lus1',
  'alice',
  '2048',
  '\n',
].join('\t');
