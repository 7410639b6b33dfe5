import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { certificateFiles, folder } from './certificates.ts';
import { run } from './clients.ts';
import { Program } from './program.ts';

/** An OpenSSL of 3.5 or later: the one that the environment names, or the installed one. */
const openssl = process.env.SERVERHELLO_NEWER_OPENSSL ?? 'openssl';
const skip = !isNewer() && 'neither SERVERHELLO_NEWER_OPENSSL nor the installed openssl is an OpenSSL of 3.5 or later';

const newerGroups = [
  'X25519MLKEM768',
  'SecP256r1MLKEM768',
  'SecP384r1MLKEM1024',
  'MLKEM512',
  'MLKEM768',
  'MLKEM1024',
  'brainpoolP256r1tls13',
  'brainpoolP384r1tls13',
  'brainpoolP512r1tls13',
];

test('a newer s_client agrees on every group that came after OpenSSL 3.0', { skip }, async (t) => {
  const words = ['-www', '-groups', newerGroups.join(':'), ...certificateFiles(t, 'P-256').words];
  const { port } = await Program.start(t, ...words);
  for (const group of newerGroups) {
    await t.test(group, async () => assert.match(await page(port, ['-groups', group]), agreedOn(group)));
  }
});

test('a group of an earlier level wins over a ready key share', { skip }, async (t) => {
  const words = ['-www', '-groups', 'X25519MLKEM768/X25519:P-256/P-384', ...certificateFiles(t, 'P-256').words];
  const { port } = await Program.start(t, ...words);
  for (const [offered, chosen, hellos] of [
    ['X25519:X25519MLKEM768', 'X25519MLKEM768', 2],
    ['P-256:X25519', 'secp256r1', 1],
    ['P-384:X25519', 'x25519', 2],
  ] as const) {
    await t.test(offered, async () => {
      const text = await page(port, ['-groups', offered, '-msg']);
      assert.match(text, agreedOn(chosen));
      assert.equal(text.match(/^>>> .*ClientHello$/gm)?.length, hellos);
    });
  }
});

test('with -cert_comp a client that can decompress gets its certificate compressed', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'RSA');
  for (const [added, message] of [
    [['-cert_comp'], 'CompressedCertificate'],
    [['-cert_comp', '-no_tx_cert_comp'], 'Certificate'],
    [[], 'Certificate'],
  ] as const) {
    await t.test(added.join(' '), async (t) => {
      const { port } = await Program.start(t, '-www', ...added, ...words);
      const text = await page(port, ['-msg']);
      assert.match(text, new RegExp(`^<<< .*Handshake .*, ${message}$`, 'm'));
      assert.match(text, /HTTP\/1\.0 200 ok/);
    });
  }
});

test('with -enable_server_rpk a client that takes it gets the bare public key', { skip }, async (t) => {
  const { port } = await Program.start(t, '-www', '-enable_server_rpk', ...certificateFiles(t, 'P-256').words);
  for (const version of ['-tls1_2', '-tls1_3']) {
    await t.test(version, async () => {
      const text = await page(port, [version, '-enable_server_rpk']);
      assert.match(text, /^Server-to-client raw public key negotiated$/m);
      assert.match(text, /HTTP\/1\.0 200 ok/);
      assert.match(await page(port, [version]), /^-----BEGIN CERTIFICATE-----$/m);
    });
  }
});

test('a newer s_client verifies the signatures of ML-DSA certificates', { skip }, async (t) => {
  for (const size of [44, 65, 87]) {
    await t.test(`ML-DSA-${size}`, async (t) => {
      const path = folder(t);
      const [key, certificate] = [join(path, 'key.pem'), join(path, 'certificate.pem')];
      const request = ['req', '-x509', '-nodes', '-newkey', `ML-DSA-${size}`, '-subj', '/CN=localhost'];
      await run(openssl, [...request, '-keyout', key, '-out', certificate]);
      const { port } = await Program.start(t, '-www', '-cert', certificate, '-key', key);
      const text = await page(port, []);
      assert.match(text, new RegExp(`^Peer signature type: mldsa${size}$`, 'm'));
      assert.match(text, /HTTP\/1\.0 200 ok/);
    });
  }
});

async function page(port: number, words: readonly string[]): Promise<string> {
  const connect = ['s_client', '-connect', `127.0.0.1:${port}`, '-ign_eof'];
  const { out, err } = await run(openssl, [...connect, ...words], 'GET / HTTP/1.0\r\n\r\n');
  return out + err;
}

/** In the page of the server. */
function agreedOn(group: string): RegExp {
  return new RegExp(`^Shared groups: .*${group}`, 'm');
}

function isNewer(): boolean {
  try {
    const [, major, minor] =
      /^OpenSSL (\d+)\.(\d+)/.exec(execFileSync(openssl, ['version'], { encoding: 'utf8' })) ?? [];
    return Number(major) * 100 + Number(minor) >= 305;
  } catch {
    return false;
  }
}
