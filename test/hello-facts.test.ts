import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { calculateJa3, calculateJa4, readTlsClientHello } from 'read-tls-client-hello';
import { type ReceivedHello, receivedHello } from '../src/facts/received-hello.ts';
import { folder } from './certificates.ts';
import { installed } from './clients.ts';

// Hellos of real clients, captured once. The fact of each is beside it; UPDATE_HELLOS=1 writes it anew, to be read then.
const hellos = 'test/golden/hellos';
const names = readdirSync(hellos)
  .filter((name) => name.endsWith('.hex'))
  .map((name) => name.replace(/\.hex$/, ''));

function bytesOf(name: string): Buffer {
  return Buffer.from(readFileSync(join(hellos, `${name}.hex`), 'latin1').replace(/\s/g, ''), 'hex');
}

function helloOf(name: string): ReceivedHello {
  const hello = receivedHello(bytesOf(name));
  assert.ok(hello);
  return hello;
}

/** A record of TLS around the message. */
function recordOf(message: Buffer): Buffer {
  const header = Buffer.from([22, 3, 1, 0, 0]);
  header.writeUInt16BE(message.length, 3);
  return Buffer.concat([header, message]);
}

test('there are hellos of eleven clients', () => {
  assert.equal(names.length, 11);
});

for (const name of names) {
  test(`the hello of ${name} is taken apart as it was`, () => {
    const file = join(hellos, `${name}.json`);
    const fact = helloOf(name).toJSON();
    if (process.env.UPDATE_HELLOS) writeFileSync(file, `${JSON.stringify(fact, undefined, 1)}\n`);
    // Compared as text, because the order of the members is a promise too.
    assert.equal(JSON.stringify(fact), JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))));
  });

  test(`JA3 and JA4 of ${name} are those of read-tls-client-hello`, async () => {
    const read = await readTlsClientHello(Readable.from([recordOf(bytesOf(name))], { objectMode: false }));
    const hello = helloOf(name);
    assert.equal(hello.ja3, calculateJa3(read));
    assert.equal(hello.ja4, calculateJa4(read));
  });
}

const skip = ['tshark', 'text2pcap'].find((it) => installed(it) === undefined);

test('JA3 of all is that of tshark', { skip: skip && `${skip} is not installed` }, (t) => {
  for (const name of names) {
    const [text, capture] = ['hello.txt', 'hello.pcap'].map((file) => join(folder(t), file)) as [string, string];
    const pairs = recordOf(bytesOf(name)).toString('hex').replace(/../g, ' $&');
    writeFileSync(text, `000000${pairs}\n`);
    spawnSync('text2pcap', ['-q', '-T', '50000,443', text, capture]);
    const fields = ['-e', 'tls.handshake.ja3', '-e', 'tls.handshake.ja3_full'];
    const { stdout } = spawnSync('tshark', ['-r', capture, '-T', 'fields', ...fields], { encoding: 'latin1' });
    const hello = helloOf(name);
    assert.equal(stdout.trim(), `${hello.ja3}\t${hello.ja3Raw}`, name);
  }
});

test('values of RFC 8701 are marked, and post-quantum groups have names', () => {
  const { cipherSuites, groups, keyShares, versions, extensions } = helloOf('chromium-156').toJSON();
  for (const list of [cipherSuites, groups, keyShares, versions, extensions]) {
    assert.ok(list.some(({ grease, name }) => grease === true && name === null));
  }
  assert.ok(keyShares.some(({ name }) => name === 'X25519MLKEM768'));
});
