import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ConnectionOptions } from 'node:tls';
import { hex } from '../src/bytes/hex.ts';
import { DatagramChannel } from '../src/connection/datagram-channel.ts';
import type { TlsEngineOptions } from '../src/connection/tls-engine.ts';
import { verify, verifyLegacy } from '../src/crypto/signatures.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { ClientHello } from '../src/messages/client-hello.ts';
import { encodeExtension } from '../src/messages/extensions/extension.ts';
import { signatureAlgorithms } from '../src/messages/extensions/signature-algorithms.ts';
import { srp } from '../src/messages/extensions/srp.ts';
import { encodeMessage } from '../src/messages/message.ts';
import { ContentType } from '../src/names/content-types.ts';
import { Version } from '../src/names/versions.ts';
import { WriteHalf } from '../src/record/write-half.ts';
import { TicketKeys } from '../src/sessions/ticket-keys.ts';
import { loadPrivateKey } from '../src/x509/files/load.ts';
import { type CertificateType, certificateFiles, folder } from './certificates.ts';
import { DatagramWire } from './client-wires.ts';
import { converse, Recorded, settingsOf } from './conversation.ts';
import { seeded, sessionsKnown, surroundingsKnown } from './known-surroundings.ts';
import { PskClient } from './psk-client.ts';
import { signingFrom } from './repeatable-signatures.ts';
import { verifierLine } from './verifier-line.ts';

const question = 'What time is it?\n';
const answer = 'Time to go.\n';
const lowest = '@SECLEVEL=0';

interface Kind {
  readonly name: string;
  readonly certificate: CertificateType;
  readonly words?: readonly string[];
  readonly client: ConnectionOptions;
}

const psk: ConnectionOptions = {
  pskCallback: () => ({ psk: Buffer.from('0badcafe', 'hex'), identity: 'somebody' }),
  checkServerIdentity: () => undefined,
};
const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1' } as const;
const withCipher = (ciphers: string): ConnectionOptions => ({ maxVersion: 'TLSv1.2', ciphers });
const withGroup = (ecdhCurve: string): ConnectionOptions => ({ minVersion: 'TLSv1.3', ecdhCurve });

const kinds: readonly Kind[] = [
  {
    name: 'TLS 1.0 with CBC and RSA',
    certificate: 'RSA',
    words: ['-tls1', '-cipher', `ALL:${lowest}`],
    client: { ...old, ciphers: `ECDHE-RSA-AES128-SHA:${lowest}` },
  },
  {
    name: 'TLS 1.0 with CBC and ECDSA',
    certificate: 'P-256',
    words: ['-tls1', '-cipher', `ALL:${lowest}`],
    client: { ...old, ciphers: `ECDHE-ECDSA-AES128-SHA:${lowest}` },
  },
  { name: 'TLS 1.2 with CBC', certificate: 'RSA', client: withCipher('ECDHE-RSA-AES128-SHA256') },
  {
    name: 'TLS 1.2 with ECDHE on P-256',
    certificate: 'P-256',
    client: { ...withCipher('ECDHE-ECDSA-AES128-GCM-SHA256'), ecdhCurve: 'P-256' },
  },
  {
    name: 'TLS 1.2 with ECDHE on X25519',
    certificate: 'Ed25519',
    client: { ...withCipher('ECDHE-ECDSA-AES128-GCM-SHA256'), ecdhCurve: 'X25519:P-256' },
  },
  { name: 'TLS 1.2 with DHE', certificate: 'RSA', client: withCipher('DHE-RSA-AES128-GCM-SHA256') },
  { name: 'TLS 1.2 with RSA', certificate: 'RSA', client: withCipher('AES128-GCM-SHA256') },
  {
    name: 'TLS 1.2 without tickets',
    certificate: 'RSA',
    words: ['-no_ticket'],
    client: withCipher('ECDHE-RSA-AES128-GCM-SHA256'),
  },
  {
    name: 'TLS 1.2 with PSK',
    certificate: 'RSA',
    words: ['-psk', '0badcafe'],
    client: { ...psk, ...withCipher('PSK-AES128-GCM-SHA256') },
  },
  {
    name: 'TLS 1.2 with PSK over ECDHE',
    certificate: 'RSA',
    words: ['-psk', '0badcafe'],
    client: { ...psk, ...withCipher('ECDHE-PSK-AES128-CBC-SHA256') },
  },
  { name: 'TLS 1.3 with X25519', certificate: 'RSA', client: withGroup('X25519') },
  { name: 'TLS 1.3 with X448', certificate: 'Ed25519', client: withGroup('X448') },
  { name: 'TLS 1.3 with P-256', certificate: 'P-256', client: withGroup('P-256') },
  { name: 'TLS 1.3 with P-521', certificate: 'P-256', client: withGroup('P-521') },
  {
    name: 'TLS 1.3 with a retry',
    certificate: 'P-256',
    words: ['-groups', 'P-256'],
    client: withGroup('X25519:P-256'),
  },
];

for (const { name, certificate, words = [], client } of kinds) {
  test(`what is said in ${name} is said again for the same seed, full and resumed`, async (t) => {
    const configured = await settingsOf(...certificateFiles(t, certificate).words, ...words);
    const settings = { ...configured, sessions: sessionsKnown(configured) };
    const session = await assertRepeats(settings, client, 'full');
    assert.ok(session);
    await assertRepeats(settings, { ...client, session }, 'resumed');
  });

  test(`what is said to a client with a certificate in ${name} is said again for the same seed`, async (t) => {
    const own = clientCertificate(t);
    const settings = await settingsOf(...certificateFiles(t, certificate).words, ...words, '-verify', '1');
    await assertRepeats(settings, { ...client, ...own }, 'full');
  });
}

test('what is said in DTLS 1.2 is said again for the same seed', async () => {
  const key = Buffer.from('0badcafe', 'hex');
  const settings = await settingsOf('-dtls1_2', '-nocert', '-psk', '0badcafe', '-cipher', 'PSK-AES128-GCM-SHA256');
  const options = () => ({ ...replayable(settings, 'one'), channel: overDatagrams });
  const recorded = new Recorded(options());
  const said: Uint8Array[] = [];
  const send = (datagram: Uint8Array) => said.push(Uint8Array.from(datagram));
  const client = new PskClient(key, new DatagramWire({ room: 1400, now: () => 0, send }));
  client.hello();
  let heard = 0;
  for (let fed = 0; fed < said.length; fed++) {
    recorded.engine.feed(said[fed] ?? none);
    while (heard < recorded.sent.length) client.receive(recorded.sent[heard++] ?? none);
  }
  assert.equal(client.done, true);
  assert.ok(recorded.info);
  const again = new Recorded(options());
  for (const datagram of said) again.engine.feed(datagram);
  assert.equal(hex(again.sentBytes), hex(recorded.sentBytes));
});

test('what is said to a client that logs in with SRP is said again for the same seed', async (t) => {
  const path = join(folder(t), 'verifiers');
  writeFileSync(path, verifierLine('alice', 'wonderland', 2048));
  const words = [...certificateFiles(t, 'RSA').words, '-cipher', 'SRP:@SECLEVEL=1', '-srpvfile', path];
  const settings = await settingsOf(...words);
  const hello = encodeMessage(ClientHello, srpHello('alice'), { version: Version['TLSv1.2'] });
  const record = Buffer.concat(new WriteHalf().seal(ContentType.handshake, Version['TLSv1.2'], hello).flat());
  const [one, again, other] = ['one', 'one', 'other'].map((seed) => {
    const recorded = new Recorded(replayable(settings, seed));
    recorded.engine.feed(record);
    assert.deepEqual(recorded.endings, []);
    return hex(recorded.sentBytes);
  });
  // B of RFC 5054 has the length of the prime; the certificate and its signature are included too.
  assert.ok((one ?? '').length > 2 * (1024 + 256));
  assert.equal(again, one);
  assert.notEqual(other, one);
});

test('signatures from a seed are right, and the same for the same seed', (t) => {
  const message = Buffer.from('to be signed');
  const cases = [
    ['RSA', 0x0804],
    ['RSA', 0x0806],
    ['RSA', 0x0401],
    ['RSA', undefined],
    ['P-256', 0x0403],
    ['P-256', 0x0603],
    ['P-256', undefined],
    ['Ed25519', 0x0807],
  ] as const;
  for (const [type, scheme] of cases) {
    const files = certificateFiles(t, type);
    const key = loadPrivateKey({ file: files.key, description: '' });
    const { publicKey } = new X509Certificate(readFileSync(files.certificate));
    const [one, other] = ['one', 'one'].map((seed) => signingFrom(seeded(seed))(scheme, key, message));
    assert.ok(one && other);
    assert.deepEqual(one, other);
    const right = scheme === undefined ? verifyLegacy : verify.bind(undefined, scheme);
    assert.ok(right(publicKey, message, one), `${type} ${scheme}`);
  }
});

/**
 * assertRepeats runs a conversation, and then its server's half again and with another seed. Returns the client's
 * session.
 */
async function assertRepeats(
  settings: Settings,
  client: ConnectionOptions,
  handshake: 'full' | 'resumed',
): Promise<Buffer | undefined> {
  const seed = `${handshake} ${client.ciphers} ${client.ecdhCurve}`;
  const chunks: Uint8Array[] = [];
  const cut = (bytes: Uint8Array, to: 'server' | 'client') => {
    if (to === 'server') chunks.push(Uint8Array.from(bytes));
    return [bytes];
  };
  const outcome = await converse({ server: replayable(settings, seed), client, question, answer, cut });
  assert.deepEqual([outcome.serverRead, outcome.clientRead], [question, answer]);
  assert.match(outcome.report, handshake === 'full' ? /^(?!.*Reused)/s : /^Reused session-id$/m);
  assert.equal(hex(replayed(replayable(settings, seed), chunks)), hex(outcome.serverBytes));
  assert.notEqual(hex(replayed(replayable(settings, 'another'), chunks)), hex(outcome.serverBytes));
  return outcome.session;
}

/** replayable has known ticket keys, because these and stored sessions outlive a conversation. */
function replayable(settings: Settings, seed: string): Omit<TlsEngineOptions, 'doors'> {
  const ticketKeys = new TicketKeys(seeded('tickets'));
  return { settings: { ...settings, ticketKeys }, surroundings: surroundingsKnown(seeded(seed)) };
}

/** replayed returns the server's output for these chunks. */
function replayed(server: Omit<TlsEngineOptions, 'doors'>, chunks: readonly Uint8Array[]): Uint8Array {
  const recorded = new Recorded(server);
  let answered = false;
  for (const chunk of chunks) {
    recorded.engine.feed(chunk);
    if (answered || recorded.receivedText !== question) continue;
    answered = true;
    recorded.engine.write(Buffer.from(answer));
  }
  recorded.engine.shutdown();
  recorded.engine.end();
  return recorded.sentBytes;
}

function overDatagrams(options: ConstructorParameters<typeof DatagramChannel>[0]): DatagramChannel {
  return new DatagramChannel(options);
}

function clientCertificate(t: TestContext): ConnectionOptions {
  const files = certificateFiles(t, 'P-256');
  return { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
}

function srpHello(name: string): ClientHello {
  return {
    legacyVersion: Version['TLSv1.2'],
    random: new Uint8Array(32),
    sessionId: none,
    cipherSuites: [0xc01e],
    compressionMethods: [0],
    extensions: [
      encodeExtension(srp, 'clientHello', Buffer.from(name)),
      encodeExtension(signatureAlgorithms, 'clientHello', [0x0804]),
    ],
  };
}

const none = new Uint8Array(0);
