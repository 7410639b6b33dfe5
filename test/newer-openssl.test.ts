import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pemBlocks } from '../src/bytes/pem.ts';
import { TlsError, testServer } from '../src/index.ts';
import { certificateFiles, folder } from './certificates.ts';
import { run } from './clients.ts';
import { type Cleanup, Program } from './program.ts';

/** An OpenSSL of 3.5 or later: the one in the environment, or the installed one. */
const openssl = process.env.SERVERHELLO_NEWER_OPENSSL ?? 'openssl';
const skip = !isNewer() && 'neither SERVERHELLO_NEWER_OPENSSL nor the installed openssl is an OpenSSL of 3.5 or later';

const skipEch =
  !isNewer(400) && 'neither SERVERHELLO_NEWER_OPENSSL nor the installed openssl is an OpenSSL of 4.0 or later';

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

test('a newer s_client sends its certificate compressed where it is told that it may', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'P-256');
  const { certificate, key } = certificateFiles(t, 'RSA');
  for (const [added, message] of [
    [['-cert_comp'], 'CompressedCertificate'],
    [['-no_tx_cert_comp'], 'CompressedCertificate'],
    [['-cert_comp', '-no_rx_cert_comp'], 'Certificate'],
    [[], 'Certificate'],
  ] as const) {
    await t.test(added.join(' '), async (t) => {
      const { port } = await Program.start(t, '-www', '-Verify', '1', ...added, ...words);
      const text = await page(port, ['-msg', '-cert', certificate, '-key', key]);
      assert.match(text, new RegExp(`^>>> .*Handshake .*, ${message}$`, 'm'));
      assert.match(text, /HTTP\/1\.0 200 ok/);
    });
  }
});

test('a newer s_client shows its bare public key, which is held against those expected', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'P-256');
  const { certificate, key } = certificateFiles(t, 'Ed25519');
  const expected = join(folder(t), 'expected.pem');
  const client = ['-cert', certificate, '-key', key, '-enable_client_rpk'];
  await run('openssl', ['pkey', '-in', key, '-pubout', '-out', expected]);
  for (const version of ['-tls1_2', '-tls1_3']) {
    await t.test(version, async (t) => {
      const strict = ['-www', '-Verify', '1', '-verify_return_error', ...words];
      const known = await Program.start(t, ...strict, '-expected-rpks', expected);
      assert.match(await page(known.port, [version, ...client]), /HTTP\/1\.0 200 ok/);
      assert.match(known.err, /^depth=0 <no cert>\nverify return:1$/m);
      const unknown = await Program.start(t, ...strict, '-enable_client_rpk');
      assert.doesNotMatch(await page(unknown.port, [version, ...client]), /HTTP\/1\.0 200 ok/);
      assert.match(unknown.err, /^verify error:num=95:Raw public key untrusted, no trusted keys configured$/m);
      const terminal = await Program.start(t, '-verify', '1', '-enable_client_rpk', ...words);
      await run(openssl, ['s_client', '-connect', `127.0.0.1:${terminal.port}`, version, ...client]);
      await terminal.prints(/^Client-to-server raw public key negotiated\nClient raw public key\n {2}ED25519 Pub/m);
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

test('the library takes bare public keys of clients, and gives its own', { skip }, async (t) => {
  const { certificate, key } = certificateFiles(t, 'Ed25519');
  const known = createPublicKey(readFileSync(key)).export({ type: 'spki', format: 'der' });
  const others = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' });
  for (const version of ['-tls1_2', '-tls1_3']) {
    for (const [clientRawPublicKeys, error] of [
      [[others, known], null],
      [[others], 'DANE_NO_MATCH'],
    ] as const) {
      await t.test(`${version} ${error}`, async () => {
        const options = { rawPublicKey: true, requestCert: true, rejectUnauthorized: false, clientRawPublicKeys };
        await using server = await testServer(options);
        const bare = ['-cert', certificate, '-key', key, '-enable_client_rpk', '-enable_server_rpk'];
        const client = page(server.port, [version, ...bare]);
        const { socket } = await server.next();
        assert.equal(socket.authorizationError, error);
        assert.equal(socket.authorized, error === null);
        assert.deepEqual(Buffer.from(socket.sessionInfo?.clientPublicKey ?? ''), known);
        assert.deepEqual(socket.getPeerCertificate(), {});
        socket.end('served');
        const text = await client;
        assert.match(text, /^Server-to-client raw public key negotiated$/m);
        assert.match(text, /^Client-to-server raw public key negotiated$/m);
        assert.match(text, /served/);
        const inCertificate = page(server.port, [version, '-cert', certificate, '-key', key]);
        const { socket: next } = await server.next();
        assert.equal(next.authorizationError, error);
        assert.equal(next.sessionInfo?.clientPublicKey, undefined);
        next.end();
        assert.match(await inCertificate, /^-----BEGIN CERTIFICATE-----$/m);
      });
    }
  }
});

test('the library refuses a client whose bare key is not expected', { skip }, async (t) => {
  const { certificate, key } = certificateFiles(t, 'Ed25519');
  const others = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' });
  await using server = await testServer({ requestCert: true, clientRawPublicKeys: String(others) });
  const client = page(server.port, ['-cert', certificate, '-key', key, '-enable_client_rpk']);
  const { error } = await server.next();
  assert.ok(error instanceof TlsError);
  assert.equal(error.code, 'ERR_SSL_CERTIFICATE_VERIFY_FAILED');
  await client;
});

test('the library serves with an ML-DSA key', { skip }, async () => {
  const [cert, key] = ['certificate', 'key'].map((it) => readFileSync(`test/vectors/ml-dsa/${it}.pem`));
  assert.ok(cert && key);
  await using server = await testServer({ cert, key }, (socket) => socket.end('served'));
  const text = await page(server.port, []);
  assert.match(text, /^Peer signature type: mldsa44$/m);
  assert.match(text, /served/);
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

test('a newer s_client proves its ML-DSA certificate', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'P-256');
  for (const size of [44, 65, 87]) {
    await t.test(`ML-DSA-${size}`, async (t) => {
      const path = folder(t);
      const [key, certificate] = [join(path, 'key.pem'), join(path, 'certificate.pem')];
      const request = ['req', '-x509', '-nodes', '-newkey', `ML-DSA-${size}`, '-subj', '/CN=client'];
      await run(openssl, [...request, '-keyout', key, '-out', certificate]);
      const trusted = ['-verify_return_error', '-CAfile', certificate];
      for (const list of [[], ['-sigalgs', `ECDSA+SHA256:mldsa${size}`]]) {
        const { port } = await Program.start(t, '-www', '-Verify', '1', ...trusted, ...words, ...list);
        assert.match(await page(port, ['-cert', certificate, '-key', key]), /HTTP\/1\.0 200 ok/);
      }
    });
  }
});

test('a newer s_client and a certificate on a curve of brainpool prove each other in TLS 1.3', { skip }, async (t) => {
  for (const [curve, hash] of [
    ['P256r1', 'sha256'],
    ['P384r1', 'sha384'],
    ['P512r1', 'sha512'],
  ]) {
    await t.test(`brainpool${curve}`, async (t) => {
      const path = folder(t);
      const [key, certificate] = [join(path, 'key.pem'), join(path, 'certificate.pem')];
      const made = ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:brainpool${curve}`, '-subj', '/CN=brainpool'];
      await run(openssl, ['req', '-x509', '-nodes', ...made, '-keyout', key, '-out', certificate]);
      const identity = ['-cert', certificate, '-key', key];
      const trusted = ['-Verify', '1', '-verify_return_error', '-CAfile', certificate];
      const { port } = await Program.start(t, '-www', ...trusted, ...identity);
      const text = await page(port, identity);
      assert.match(text, new RegExp(`^Peer signature type: ecdsa_brainpool${curve}tls13_${hash}$`, 'm'));
      assert.match(text, /HTTP\/1\.0 200 ok/);
    });
  }
});

test(
  'an s_client of 4.0 has its hello encrypted, with and without a retry, for every mechanism',
  { skip: skipEch },
  async (t) => {
    for (const suite of ['0x10,1,1', '0x11,2,2', '0x12,3,3', '0x20,1,1', '0x21,3,2']) {
      await t.test(suite, async (t) => {
        const { file, list } = await echFiles(t, suite);
        for (const groups of [[], ['-groups', 'P-384']]) {
          const certificate = certificateFiles(t, 'P-256').words;
          const { port } = await Program.start(t, '-www', '-ech_key', file, ...groups, ...certificate);
          const text = await page(port, ['-tls1_3', '-servername', 'inner.example', '-ech_config_list', list]);
          assert.match(text, /^ECH: (?:success: 1|BAD NAME: -102)$/m);
          assert.match(text, /^ECH success: outer sni: front\.example, inner sni: inner\.example$/m);
          assert.match(text, /HTTP\/1\.0 200 ok/);
        }
      });
    }
  },
);

test('an s_client of 4.0 with an old configuration gets the new one', { skip: skipEch }, async (t) => {
  const [old, current] = [await echFiles(t, '0x20,1,1'), await echFiles(t, '0x20,1,3')];
  const certificate = certificateFiles(t, 'P-256').words;
  for (const added of [[], ['-ech_greaseretries']]) {
    const { port } = await Program.start(t, '-www', '-ech_key', current.file, ...added, ...certificate);
    const text = await page(port, ['-tls1_3', '-servername', 'inner.example', '-ech_config_list', old.list]);
    assert.match(text, /^ECH: failed\+retry-configs: -106$/m);
    assert.match(text, /^ECH: Got 1 retry-configs$/m);
    assert.match(text, /\[0020,0001,0003\]/);
  }
});

test('an s_client of 4.0 that only looks as if it had something encrypted is served', { skip: skipEch }, async (t) => {
  const { file } = await echFiles(t, '0x20,1,1');
  const { port } = await Program.start(t, '-www', '-ech_key', file, ...certificateFiles(t, 'P-256').words);
  for (const version of ['-tls1_2', '-tls1_3']) assert.match(await page(port, [version, '-ech_grease']), /200 ok/);
  assert.match(await page(port, ['-tls1_3', '-ech_grease']), /^ECH attempt we interpret as GREASE$/m);
});

/** echFiles makes a key pair for encrypted hellos, and its list of configurations for `-ech_config_list`. */
async function echFiles(t: Cleanup, suite: string): Promise<{ file: string; list: string }> {
  const file = join(folder(t), 'key.ech');
  await run(openssl, ['ech', '-public_name', 'front.example', '-suite', suite, '-out', file]);
  const list = pemBlocks(readFileSync(file, 'latin1')).find(({ label }) => label === 'ECHCONFIG');
  return { file, list: Buffer.from(list?.der ?? '').toString('base64') };
}

async function page(port: number, words: readonly string[]): Promise<string> {
  const connect = ['s_client', '-connect', `127.0.0.1:${port}`, '-ign_eof'];
  const { out, err } = await run(openssl, [...connect, ...words], 'GET / HTTP/1.0\r\n\r\n');
  return out + err;
}

/** agreedOn matches the server's page. */
function agreedOn(group: string): RegExp {
  return new RegExp(`^Shared groups: .*${group}`, 'm');
}

function isNewer(least = 305): boolean {
  try {
    const [, major, minor] =
      /^OpenSSL (\d+)\.(\d+)/.exec(execFileSync(openssl, ['version'], { encoding: 'utf8' })) ?? [];
    return Number(major) * 100 + Number(minor) >= least;
  } catch {
    return false;
  }
}
