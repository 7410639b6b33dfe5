import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type ListenAddress, Listener, listen } from './listener.ts';

const folder = mkdtempSync(join(tmpdir(), 'listener-'));
after(() => rmSync(folder, { recursive: true }));

const local = { family: 'any', host: '127.0.0.1' } as const;

test('a port left to the system is told', async () => {
  const listener = await listening({ ...local, port: '0' });
  assert.equal(listener.acceptLine, `ACCEPT 127.0.0.1:${listener.port}`);
  listener.close();
});

test('a client that has ended before connections are accepted is told as ended', async () => {
  const listener = await listening({ ...local, port: '0' });
  const client = connect(listener.port, '127.0.0.1').resume().end();
  await once(client, 'finish');
  // The end arrives while the connection waits.
  await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise<void>((resolve) =>
    listener.accept((socket) => {
      socket.on('data', () => {});
      socket.on('end', () => resolve(void socket.destroy()));
    }),
  );
  listener.close();
});

test('a port that was asked for is not repeated', async () => {
  const first = await listening({ ...local, port: '0' });
  first.close();
  const listener = await listening({ ...local, port: String(first.port) });
  assert.equal(listener.acceptLine, 'ACCEPT');
  listener.close();
});

test('without a host IPv4 listens on every address', async () => {
  const listener = await listening({ family: 'IPv4', port: '0' });
  assert.equal(listener.acceptLine, `ACCEPT 0.0.0.0:${listener.port}`);
  listener.close();
});

test('without a family one socket serves IPv4 too', async () => {
  const listener = await listening({ family: 'any', port: '0' });
  const accepted = new Promise((resolve) => listener.accept((socket) => resolve(socket.destroy())));
  connect(listener.port, '127.0.0.1').on('error', () => {});
  await accepted;
  listener.close();
});

test('an address in use is told in the words of the error queue', async () => {
  const first = await listening({ ...local, port: '0' });
  const second = await listen({ ...local, port: String(first.port) });
  assert.ok('lines' in second);
  assert.deepEqual(
    second.lines.map((it) => [it.library, it.function, it.text, it.extra]),
    [
      [2, 'BIO_bind', 'Address already in use', 'calling bind()'],
      [32, 'BIO_bind', 'unable to bind socket', undefined],
    ],
  );
  first.close();
});

test('a service that nobody knows and an empty address are not found', async () => {
  const words = async (address: ListenAddress) => {
    const failure = await listen(address);
    assert.ok('lines' in failure);
    return failure.lines.map((it) => it.extra);
  };
  assert.deepEqual(await words({ ...local, port: 'no-such-service' }), ['Servname not supported for ai_socktype']);
  assert.deepEqual(await words({ family: 'any', port: '' }), ['Name or service not known']);
});

test('a unix socket is removed at the end', async () => {
  const path = join(folder, 'sock');
  const listener = await listening({ path });
  assert.equal(listener.acceptLine, `ACCEPT localhost:${path}`);
  assert.ok(existsSync(path));
  listener.close();
  assert.ok(!existsSync(path));
});

test('a file at the path is in the way, and is gone afterwards as with the reference', async () => {
  const path = join(folder, 'file');
  writeFileSync(path, 'in the way');
  const failure = await listen({ path });
  assert.ok('lines' in failure);
  assert.equal(failure.lines[0]?.text, 'Address already in use');
  assert.ok(!existsSync(path));
});

test('what is in the way can be removed first', async () => {
  const path = join(folder, 'other');
  writeFileSync(path, 'in the way');
  const listener = await listening({ path, unlink: true });
  listener.close();
});

test('a missing folder is told as such', async () => {
  const failure = await listen({ path: join(folder, 'none', 'sock') });
  assert.ok('lines' in failure);
  assert.equal(failure.lines[0]?.text, 'No such file or directory');
});

test('connections that come before anybody accepts wait', async () => {
  const listener = await listening({ ...local, port: '0' });
  const client = connect(listener.port, '127.0.0.1');
  await once(client, 'connect');
  client.write('early');
  await new Promise((resolve) => setImmediate(resolve));
  const text = await new Promise((resolve) => {
    listener.accept((socket) => {
      socket.once('data', (bytes) => {
        resolve(String(bytes));
        socket.destroy();
      });
    });
  });
  assert.equal(text, 'early');
  client.destroy();
  listener.close();
});

async function listening(address: ListenAddress): Promise<Listener> {
  const listener = await listen(address);
  assert.ok(listener instanceof Listener);
  return listener;
}
