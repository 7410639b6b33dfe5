import assert from 'node:assert/strict';
import { constants } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { createSecureContext, type Observer, testServer } from '../src/index.ts';
import { certificateFiles, folder } from './certificates.ts';
import { installed, run } from './clients.ts';
import { connected, reaching } from './served-connections.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`${maxVersion}: both sides know the same Finished messages, certificate and signature algorithms`, async () => {
    await using server = await testServer();
    const client = await connected(server, { maxVersion });
    const { socket } = await server.next();
    assert.deepEqual(socket.getFinished(), client.getPeerFinished());
    assert.deepEqual(socket.getPeerFinished(), client.getFinished());
    assert.equal(socket.getCertificate().fingerprint256, client.getPeerCertificate().fingerprint256);
    assert.equal(socket.getX509Certificate()?.toString(), server.certificate);
    assert.equal(socket.getSharedSigalgs()[0], 'ECDSA+SHA256');
    assert.ok(socket.getSharedSigalgs().includes('RSA-PSS+SHA256'));
    assert.ok(socket.getSharedSigalgs().includes('Ed25519+UNDEF'));
    assert.equal(socket.getEphemeralKeyInfo(), null);
    assert.equal(socket.getTLSTicket(), undefined);
    client.destroy();
  });
}

test('writes that wait for each other leave in one record', async () => {
  const sizes: number[] = [];
  const observer: Observer = {
    record: (way, header) => {
      if (way === 'write') sizes.push(header[4] ?? 0);
    },
  };
  await using server = await testServer({ observer });
  const client = await connected(server);
  const { socket } = await server.next();
  sizes.length = 0;
  socket.cork();
  for (const letter of 'gathered') socket.write(letter);
  socket.uncork();
  socket.end();
  assert.equal(await text(client), 'gathered');
  // The text with its type and the tag, then close_notify.
  assert.deepEqual(sizes, [8 + 17, 2 + 17]);
});

test('early data is told by the server, and only with the option', { skip }, async (t) => {
  const path = folder(t);
  const file = `${path}/session`;
  const early = `${path}/early`;
  writeFileSync(early, 'sent early');
  for (const earlyData of [true, false]) {
    await using server = await testServer({ earlyData, ticketKeys: Buffer.alloc(48) }, (socket) => socket.end('bye'));
    const told: string[] = [];
    server.server.on('earlyData', (chunk) => told.push(String(chunk)));
    const words = ['s_client', '-connect', `127.0.0.1:${server.port}`, '-ign_eof'];
    await run('openssl', [...words, '-sess_out', file]);
    const { out } = await run('openssl', [...words, '-sess_in', file, '-early_data', early]);
    assert.match(out, earlyData ? /Early data was accepted/ : /Early data was not sent|Early data was rejected/);
    assert.deepEqual(told, earlyData ? ['sent early'] : []);
  }
});

test('a stateless server has every client come again with a cookie', async () => {
  let hellos = 0;
  const observer: Observer = {
    message: (way, contentType, _version, bytes) => {
      if (way === 'read' && contentType === 22 && bytes[0] === 1) hellos++;
    },
  };
  await using server = await testServer({ stateless: true, observer });
  const client = await connected(server);
  assert.equal(client.getProtocol(), 'TLSv1.3');
  assert.equal(hellos, 2);
  client.destroy();
});

test('the group of DHE is that of the parameters', { skip }, async (t) => {
  const { out } = await run('openssl', ['genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048']);
  const files = certificateFiles(t, 'RSA');
  const identity = { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
  await using server = await testServer({ ...identity, dhparam: out, maxVersion: 'TLSv1.2' });
  const client = connect({ ...reaching(server), rejectUnauthorized: false, ciphers: 'DHE-RSA-AES128-GCM-SHA256' });
  await once(client, 'secureConnect');
  // Since Node 24 the result also has a name, which is undefined.
  assert.deepEqual({ name: undefined, ...client.getEphemeralKeyInfo() }, { name: undefined, type: 'DH', size: 2048 });
  client.destroy();
});

test('secureOptions takes versions out, and refuses what means nothing', async () => {
  const { SSL_OP_ALL, SSL_OP_NO_TLSv1_3, SSL_OP_NO_TICKET } = constants;
  await using server = await testServer({ secureOptions: SSL_OP_ALL | SSL_OP_NO_TLSv1_3 | SSL_OP_NO_TICKET });
  const client = await connected(server);
  assert.equal(client.getProtocol(), 'TLSv1.2');
  client.destroy();
  assert.throws(() => createSecureContext({ secureOptions: 1 }), { code: 'ERR_SERVERHELLO_INVALID_OPTION' });
  assert.throws(() => createSecureContext({ secureOptions: 0.5 }), { code: 'ERR_SERVERHELLO_INVALID_OPTION' });
});

test('secureProtocol names one version or several, and goes with no bounds', async () => {
  for (const [secureProtocol, protocol] of [
    ['TLSv1_2_method', 'TLSv1.2'],
    ['SSLv23_server_method', 'TLSv1.2'],
    ['TLS_method', 'TLSv1.3'],
  ]) {
    await using server = await testServer({ secureProtocol });
    const client = await connected(server);
    assert.equal(client.getProtocol(), protocol);
    client.destroy();
  }
  const both = { secureProtocol: 'TLS_method', minVersion: 'TLSv1.2' } as const;
  assert.throws(() => createSecureContext(both), { code: 'ERR_TLS_PROTOCOL_VERSION_CONFLICT' });
  for (const secureProtocol of ['SSLv2_method', 'TLS_client_method', 'nonsense']) {
    assert.throws(() => createSecureContext({ secureProtocol }), { code: 'ERR_TLS_INVALID_PROTOCOL_METHOD' });
  }
});

test('DH parameters that are none, or too weak, are refused', { skip }, async () => {
  const { out } = await run('openssl', ['dhparam', '512']);
  for (const dhparam of [out, 'nonsense', Buffer.of(0x30, 0)]) {
    assert.throws(() => createSecureContext({ dhparam }), { code: 'ERR_SERVERHELLO_INVALID_OPTION' });
  }
});
