import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type PskCallback, type TestServerOptions, TlsSocket, testServer } from '../src/index.ts';
import { certificateFiles } from './certificates.ts';
import { installed, type Outcome, run } from './clients.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';
const key = '00112233445566778899aabbccddeeff';

const pskCallback: PskCallback = async (socket, identity) => {
  assert.ok(socket instanceof TlsSocket);
  await setImmediate();
  return identity === 'alice' ? Buffer.from(key, 'hex') : null;
};

/** A test server generates a certificate unless the options mention one. */
const withoutCertificate = { cert: [] };

function client(port: number, ...words: readonly string[]): Promise<Outcome> {
  return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words], 'Q\n');
}

const suites = [
  'PSK-AES128-GCM-SHA256',
  'DHE-PSK-AES128-GCM-SHA256',
  'ECDHE-PSK-AES128-CBC-SHA256',
  'RSA-PSK-AES128-GCM-SHA256',
];
for (const suite of suites) {
  test(`a key that is looked up serves ${suite}; who has none fails as with a wrong key`, { skip }, async (t) => {
    const files = certificateFiles(t, 'RSA');
    const identity = { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
    await using server = await testServer({ maxVersion: 'TLSv1.2', pskCallback, ...identity });
    const asking = ['-cipher', suite, '-psk_identity'];
    const { out } = await client(server.port, ...asking, 'alice', '-psk', key);
    assert.match(out, new RegExp(`Cipher is ${suite}$`, 'm'));
    for (const words of [
      ['mallory', '-psk', key],
      ['alice', '-psk', 'ff'],
    ]) {
      const { err } = await client(server.port, ...asking, ...words);
      assert.match(err, /SSL alert number 20/);
    }
  });
}

test('a key that is looked up serves TLS 1.3, and tickets after it are no identities', { skip }, async (t) => {
  const asked: string[] = [];
  const options: TestServerOptions = {
    ...withoutCertificate,
    minVersion: 'TLSv1.3',
    pskCallback: (socket, identity) => {
      asked.push(identity);
      return pskCallback(socket, identity);
    },
  };
  await using server = await testServer(options, (socket) => socket.end());
  const file = `${certificateFiles(t, 'P-256').certificate}.session`;
  const { out } = await client(server.port, '-psk', key, '-psk_identity', 'alice', '-ign_eof', '-sess_out', file);
  assert.match(out, /^Reused, TLSv1\.3/m);
  assert.deepEqual(asked, ['alice']);
  const again = await client(server.port, '-sess_in', file);
  assert.match(again.out, /^Reused, TLSv1\.3/m);
  assert.deepEqual(asked, ['alice']);
});

test('in TLS 1.3 without certificates nobody learns whether an identity exists', { skip }, async () => {
  await using server = await testServer({ ...withoutCertificate, minVersion: 'TLSv1.3', pskCallback });
  const [unknown, wrong] = [
    await client(server.port, '-psk', key, '-psk_identity', 'mallory'),
    await client(server.port, '-psk', 'ff', '-psk_identity', 'alice'),
  ];
  assert.match(unknown.err, /SSL alert number 47/);
  assert.match(wrong.err, /SSL alert number 47/);
});

test('in TLS 1.3 with a certificate an unknown identity is served by that', { skip }, async () => {
  await using server = await testServer({ pskCallback });
  const unknown = await client(server.port, '-psk', key, '-psk_identity', 'mallory');
  assert.match(unknown.out, /^New, TLSv1\.3/m);
  const known = await client(server.port, '-psk', key, '-psk_identity', 'alice');
  assert.match(known.out, /^Reused, TLSv1\.3/m);
});

test('the hint is said before the identity is named', { skip }, async () => {
  await using server = await testServer({
    ...withoutCertificate,
    maxVersion: 'TLSv1.2',
    pskCallback,
    pskIdentityHint: 'under the mat',
  });
  const { out } = await client(server.port, '-cipher', 'PSK', '-psk', key, '-psk_identity', 'alice');
  assert.match(out, /PSK identity hint: under the mat/);
  await assert.rejects(testServer({ pskIdentityHint: 'x'.repeat(257) }), {
    code: 'ERR_TLS_PSK_SET_IDENTITY_HINT_FAILED',
  });
});

test(
  'a callback that throws, or has a key that is too long, ends the handshake with internal_error',
  { skip },
  async () => {
    const answers: PskCallback[] = [
      () => {
        throw new Error('the keys are lost');
      },
      () => new DataView(new ArrayBuffer(257)),
    ];
    for (const answer of answers) {
      await using server = await testServer({ maxVersion: 'TLSv1.2', pskCallback: answer });
      const { err } = await client(server.port, '-cipher', 'PSK', '-psk', key);
      assert.match(err, /SSL alert number 80/);
      const { error } = await server.next();
      assert.match(error?.message ?? '', /the keys are lost|more than 256 bytes/);
    }
  },
);
