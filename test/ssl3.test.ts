import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { certificateFiles } from './certificates.ts';
import { Recorded, settingsOf } from './conversation.ts';
import { Ssl3Client as Client, suites } from './ssl3-client.ts';

for (const suite of suites) {
  test(`SSL 3.0 carries data both ways with ${suite.name}`, async (t) => {
    const client = new Client(await server(t), suite);
    client.hello();
    client.answer();
    assert.deepEqual(client.finishedOfServer(), client.finished('SRVR'));
    client.send(23, Buffer.from('ping'));
    assert.equal(client.peer.receivedText, 'ping');
    client.peer.engine.write(Buffer.from('pong'));
    assert.equal(Buffer.concat(client.received(23)).toString(), 'pong');
    assert.equal(client.peer.info?.version, 0x0300);
    assert.equal(client.peer.engine.exportKeyingMaterial('EXPORTER-x', 20), undefined);
  });

  test(`SSL 3.0 refuses a wrong Finished and a wrong MAC with ${suite.name}`, async (t) => {
    const first = new Client(await server(t), suite);
    first.hello();
    first.answer({ spoilsFinished: true });
    assert.equal(failure(first.peer), 'digest check failed');
    const second = new Client(await server(t), suite);
    second.hello();
    second.answer();
    second.send(23, Buffer.from('ping'), { spoilsMac: true });
    assert.equal(failure(second.peer), 'decryption failed or bad record mac');
    assert.equal(second.peer.receivedText, '');
  });
}

test('with -comp data is deflated, where the level allows it', async (t) => {
  const client = new Client(await server(t, '-comp'), suites[0], 'deflates');
  client.hello();
  assert.equal(client.answer()[compressionAt], 1);
  assert.deepEqual(client.finishedOfServer(), client.finished('SRVR'));
  for (const text of ['ping', 'ping ping ping', 'x'.repeat(10_000)]) {
    client.send(23, Buffer.from(text));
    client.peer.engine.write(Buffer.from(text));
    assert.equal(Buffer.concat(client.received(23)).toString(), text);
  }
  assert.equal(client.peer.receivedText, `pingping ping ping${'x'.repeat(10_000)}`);
  assert.equal(client.peer.info?.session.compression, 1);
});

test('without -comp a client that would deflate gets plain data', async (t) => {
  const client = new Client(await server(t), suites[0], 'deflates');
  client.hello();
  assert.equal(client.plain(2)[compressionAt], 0);
});

test('SSL 3.0 has no extensions but renegotiation_info', async (t) => {
  const client = new Client(await server(t), suites[0]);
  const extensions = [Buffer.of(0, 0, 0, 1, 0xff), Buffer.of(0, 0x17, 0, 0)];
  client.hello(Buffer.concat(extensions));
  const hello = client.plain(2);
  assert.equal(hello.subarray(-7).toString('hex'), '0005ff01000100');
});

test('without asking for it there is no SSL 3.0', async (t) => {
  const settings = await settingsOf('-cipher', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0', ...certificateFiles(t, 'RSA').words);
  const client = new Client(new Recorded({ settings }), suites[0]);
  client.hello();
  assert.equal(failure(client.peer), 'version too low');
});

for (const type of ['RSA', 'DSA'] as const) {
  test(`a client of SSL 3.0 proves that it has the ${type} key of its certificate`, async (t) => {
    const files = certificateFiles(t, type);
    const proof = { certificate: readFileSync(files.certificate), key: readFileSync(files.key) };
    const asks = ['-Verify', '1', '-verify_return_error', '-CAfile', files.certificate];
    const client = new Client(await server(t, ...asks), suites[0]);
    client.hello();
    client.answer({ proof });
    assert.deepEqual(client.finishedOfServer(), client.finished('SRVR'));
    const certificate = new X509Certificate(proof.certificate);
    assert.deepEqual(Buffer.from(client.peer.info?.clientCertificate ?? []), certificate.raw);

    const impostor = new Client(await server(t, ...asks), suites[0]);
    impostor.hello();
    impostor.answer({ proof: { ...proof, key: readFileSync(certificateFiles(t, type).key) } });
    assert.equal(failure(impostor.peer), 'bad signature');
  });
}

test('a client of SSL 3.0 that has no certificate says so in an alert, or not at all', async (t) => {
  for (const alert of [true, false]) {
    const asked = new Client(await server(t, '-verify', '1'), suites[0]);
    asked.hello();
    asked.answer({ hasNone: alert ? 'says' : 'is silent' });
    assert.deepEqual(asked.finishedOfServer(), asked.finished('SRVR'));
    const needed = new Client(await server(t, '-Verify', '1'), suites[0]);
    needed.hello();
    needed.answer({ hasNone: alert ? 'says' : 'is silent' });
    assert.equal(failure(needed.peer), 'peer did not return a certificate');
  }
});

/** Offset in a ServerHello with a session id of 32 bytes. */
const compressionAt = 4 + 2 + 32 + 1 + 32 + 2;

type Cleaning = Parameters<typeof certificateFiles>[0];

async function server(t: Cleaning, ...more: readonly string[]): Promise<Recorded> {
  const words = [...more, '-ssl3', '-cipher', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0', ...certificateFiles(t, 'RSA').words];
  return new Recorded({ settings: await settingsOf(...words) });
}

function failure(peer: Recorded): string {
  const [ending] = peer.endings;
  return ending?.how === 'failed' ? ending.problem.message : `${ending?.how}`;
}
