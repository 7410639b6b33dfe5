import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { certificateFiles, certificateTypes } from './certificates.ts';
import { installed, opensslPage } from './clients.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

test('s_client agrees on every TLS 1.3 suite', { skip }, async (t) => {
  // The short tag of the last suite is too weak for the default security level.
  const words = ['-ciphersuites', suites13.join(':'), '-cipher', 'DEFAULT:@SECLEVEL=0'];
  const program = await Program.start(t, '-www', ...words, ...certificateFiles(t, 'P-256').words);
  for (const suite of suites13) {
    await t.test(suite, async () => {
      const words = ['-tls1_3', '-ciphersuites', suite, '-cipher', 'DEFAULT:@SECLEVEL=0'];
      agreed(await opensslPage(program.port, words), 'TLSv1.3', suite);
    });
  }
});

test('s_client agrees on every TLS 1.2 suite that needs no shared secret', { skip }, async (t) => {
  const rsa = await Program.start(t, '-www', ...certificateFiles(t, 'RSA').words);
  const ecdsa = await Program.start(t, '-www', ...certificateFiles(t, 'P-256').words);
  for (const suite of suites12()) {
    await t.test(suite, async () => {
      const { port } = suite.includes('ECDSA') ? ecdsa : rsa;
      agreed(await opensslPage(port, ['-tls1_2', '-cipher', suite]), 'TLSv1.2', suite);
    });
  }
});

const groups = ['P-256', 'P-384', 'P-521', 'X25519', 'X448'];
const finiteFields = ['ffdhe2048', 'ffdhe3072', 'ffdhe4096', 'ffdhe6144', 'ffdhe8192'];

test('s_client agrees on every group, in TLS 1.3 with and without a retry', { skip }, async (t) => {
  const program = await Program.start(t, '-www', ...certificateFiles(t, 'P-256').words);
  for (const group of [...groups, ...finiteFields]) {
    await t.test(`TLS 1.3 ${group}`, async () => {
      const page = await opensslPage(program.port, ['-tls1_3', '-groups', group]);
      assert.match(page, new RegExp(`^Server Temp Key: .*${printedGroup(group)}`, 'mi'));
      assert.match(page, new RegExp(`^Shared groups: ${printedGroup(group)}$`, 'mi'));
    });
  }
  // Up to TLS 1.2 the groups apply to certificates too, hence one without a curve.
  const rsa = await Program.start(t, '-www', ...certificateFiles(t, 'RSA').words);
  for (const group of groups) {
    await t.test(`TLS 1.2 ${group}`, async () => {
      const page = await opensslPage(rsa.port, ['-tls1_2', '-groups', group]);
      assert.match(page, new RegExp(`^Server Temp Key: .*${printedGroup(group)}`, 'mi'));
    });
  }
});

test('s_client is asked for a key share of another group', { skip }, async (t) => {
  for (const group of [...groups, 'ffdhe2048']) {
    const program = await Program.start(t, '-www', '-groups', group, ...certificateFiles(t, 'P-256').words);
    await t.test(group, async () => {
      const first = group === 'X25519' ? 'P-256' : 'X25519';
      const page = await opensslPage(program.port, ['-tls1_3', '-msg', '-groups', `${first}:${group}`]);
      assert.equal(page.match(/^>>> .*ClientHello$/gm)?.length, 2);
      assert.match(page, new RegExp(`^Server Temp Key: .*${printedGroup(group)}`, 'mi'));
    });
  }
});

test('s_client verifies every type of certificate in TLS 1.2 and 1.3', { skip }, async (t) => {
  for (const type of certificateTypes) {
    const files = certificateFiles(t, type);
    const program = await Program.start(t, '-www', ...files.words);
    for (const version of ['-tls1_2', '-tls1_3']) {
      await t.test(`${type} ${version}`, async () => {
        const trust = ['-CAfile', files.certificate, '-verify_return_error', '-verify_hostname', 'localhost'];
        const page = await opensslPage(program.port, [version, ...trust]);
        assert.match(page, /^Verification: OK$/m);
        assert.match(page, new RegExp(`^Peer signature type: ${signatureTypes[type] ?? type}$`, 'mi'));
        assert.match(page, /^New, TLSv1\.[23], Cipher is /m);
      });
    }
  }
});

const suites13 = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_128_CCM_SHA256',
  'TLS_AES_128_CCM_8_SHA256',
];

/** suites12 returns the client's default suites. */
function suites12(): readonly string[] {
  const { stdout } = spawnSync('openssl', ['ciphers', '-s', '-tls1_2', 'DEFAULT:!PSK:!SRP'], { encoding: 'utf8' });
  return stdout.trim().split(':');
}

/** agreed asserts that the client and the page report the same; a suite is printed with its first version. */
function agreed(output: string, version: string, suite: string): void {
  assert.equal(output.match(new RegExp(`^New, \\S+, Cipher is ${suite}$`, 'gm'))?.length, 2);
  assert.match(output, new RegExp(`^ +Protocol +: ${version}$`, 'm'));
}

function printedGroup(group: string): string {
  return printedGroups[group] ?? group;
}

const printedGroups: Readonly<Record<string, string>> = {
  'P-256': '(?:prime256v1|secp256r1)',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
  ffdhe2048: '(?:ffdhe2048|DH, 2048)',
  ffdhe3072: '(?:ffdhe3072|DH, 3072)',
  ffdhe4096: '(?:ffdhe4096|DH, 4096)',
  ffdhe6144: '(?:ffdhe6144|DH, 6144)',
  ffdhe8192: '(?:ffdhe8192|DH, 8192)',
};

/** Names of s_client that differ from the name of the certificate's type. */
const signatureTypes: Readonly<Record<string, string>> = {
  RSA: '(?:RSA|RSA-PSS)',
  'P-256': 'ECDSA',
  'P-384': 'ECDSA',
  'P-521': 'ECDSA',
};

test('in TLS 1.0 an empty record goes before data, but with -bugs', { skip }, async (t) => {
  const old = ['-tls1', '-cipher', 'AES128-SHA:@SECLEVEL=0'];
  const counts: number[] = [];
  for (const more of [[], ['-bugs']]) {
    const program = await Program.start(t, '-www', ...old, ...more, ...certificateFiles(t, 'RSA').words);
    const page = await opensslPage(program.port, [...old, '-msg']);
    counts.push(page.match(/^<<< .*RecordHeader .*\n {4}17 03 01 /gm)?.length ?? 0);
  }
  const [usual = 0, bugs = 0] = counts;
  assert.ok(bugs > 0);
  assert.equal(usual, 2 * bugs);
});
