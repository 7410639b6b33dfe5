import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { assert as check, property, uint8Array } from 'fast-check';
import { equal } from '../src/bytes/hex.ts';
import { toPem } from '../src/bytes/pem.ts';
import type { Notes } from '../src/connection/observer.ts';
import { hkdfExpandLabel, hkdfExtract } from '../src/crypto/hkdf.ts';
import { hash } from '../src/crypto/primitives/hash.ts';
import { randomBytes } from '../src/crypto/primitives/random.ts';
import { ConnectionFacts } from '../src/facts/connection-facts.ts';
import type { Fact } from '../src/facts/fact.ts';
import { FactStream } from '../src/facts/fact-stream.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { cookie as cookieExtension } from '../src/messages/extensions/cookie.ts';
import { encryptedClientHello } from '../src/messages/extensions/encrypted-client-hello.ts';
import { type Extension, findExtension } from '../src/messages/extensions/extension.ts';
import { supportedGroups } from '../src/messages/extensions/supported-groups.ts';
import { supportedVersions } from '../src/messages/extensions/supported-versions.ts';
import { decodeMessage, encodeMessage } from '../src/messages/message.ts';
import { helloRetryRequestRandom, ServerHello } from '../src/messages/server-hello.ts';
import { ContentType } from '../src/names/content-types.ts';
import { Version } from '../src/names/versions.ts';
import { WriteHalf } from '../src/record/write-half.ts';
import { EchKeyPair } from '../src/x509/files/ech-keys.test.fixture.ts';
import { selfSigned } from '../src/x509/files/self-signed.ts';
import { certificateFiles, folder } from './certificates.ts';
import { Recorded, settingsOf } from './conversation.ts';
import {
  encodedInner,
  helloWithExtension,
  innerHello,
  innerRandom,
  outerHello,
  secondShare,
  sender,
} from './encrypted-hello-client.ts';
import { checked, ofKind } from './facts.ts';
import { surroundingsKnown } from './known-surroundings.ts';

const keys = new EchKeyPair();
const tls13 = { version: Version['TLSv1.3'] };

test('the hello that was encrypted is answered, and that is confirmed in the random value', async (t) => {
  const recorded = begin(await settingsWith(t, keys));
  feed(recorded, outerHello({ sender: sender(keys), encoded: encodedInner() }));
  const [answer] = serverHellos(recorded);
  assert.ok(answer);
  const unconfirmed = { ...answer, random: withoutEnd(answer.random) };
  const transcript = hash('sha256', innerHello(), encodeMessage(ServerHello, unconfirmed, tls13));
  assert.ok(equal(answer.random.subarray(24), confirmation('ech accept confirmation', transcript)));
});

test('the hello inside has a fact of its own, with the number of the one around it', async (t) => {
  const facts: Fact[] = [];
  const stream = new FactStream({ emit: (fact) => facts.push(fact) });
  const { observer } = new ConnectionFacts(stream, 1, { remote: null, local: null, transport: 'unix' });
  const settings = await settingsWith(t, keys);
  const recorded = new Recorded({ settings, observer, surroundings: surroundingsKnown() });
  feed(recorded, outerHello({ sender: sender(keys), encoded: encodedInner() }));
  const hellos = ofKind(
    facts.map((fact) => checked(fact)),
    'clientHello',
  );
  assert.deepEqual(
    hellos.map(({ number, ech }) => [number, ech]),
    [
      [1, 'outer'],
      [1, 'inner'],
    ],
  );
  assert.equal(hellos[1]?.random, Buffer.from(innerRandom).toString('hex'));
});

test('after a retry the second hello is opened by the key of the first, and both answers confirm it', async (t) => {
  for (const words of [[], ['-stateless']]) {
    const recorded = begin(await settingsWith(t, keys, '-groups', 'P-384', ...words));
    const client = sender(keys);
    feed(recorded, outerHello({ sender: client, encoded: encodedInner() }));
    const [retry] = serverHellos(recorded);
    assert.ok(retry && equal(retry.random, helloRetryRequestRandom));
    const sign = findExtension(encryptedClientHello, 'helloRetryRequest', retry.extensions ?? []);
    const unsigned = {
      ...retry,
      extensions: retry.extensions?.map((it) =>
        it.type === encryptedClientHello.code ? { ...it, body: new Uint8Array(8) } : it,
      ),
    };
    const first = Buffer.concat([Uint8Array.of(254, 0, 0, 32), hash('sha256', innerHello())]);
    const toRetry = hash('sha256', first, encodeMessage(ServerHello, unsigned, tls13));
    assert.ok(sign && equal(sign, confirmation('hrr ech accept confirmation', toRetry)));
    if (words.length > 0) {
      const cookie = retry.extensions?.find(({ type }) => type === cookieExtension.code);
      feed(recorded, secondHello(client, cookie && [cookie]));
      assert.equal(serverHellos(recorded).filter(({ random }) => !equal(random, helloRetryRequestRandom)).length, 1);
      continue;
    }

    feed(recorded, secondHello(client));
    const [, answer] = serverHellos(recorded);
    assert.ok(answer);
    const unconfirmed = { ...answer, random: withoutEnd(answer.random) };
    const messages = [first, encodeMessage(ServerHello, retry, tls13), innerHello(secondShare)];
    const transcript = hash('sha256', ...messages, encodeMessage(ServerHello, unconfirmed, tls13));
    assert.ok(equal(answer.random.subarray(24), confirmation('ech accept confirmation', transcript)));
  }
});

test('a hello for a key that we have not is answered as if nothing were encrypted in it', async (t) => {
  for (const other of [new EchKeyPair(), new EchKeyPair(8)]) {
    const told: Notes['encryptedHello'][] = [];
    const recorded = begin(await settingsWith(t, other), told);
    feed(recorded, outerHello({ sender: sender(keys), encoded: encodedInner() }));
    assert.equal(serverHellos(recorded).length, 1);
    assert.deepEqual(recorded.endings, []);
  }
});

test('a number that no key has is of no use unless every key is tried', async (t) => {
  const hello = () => outerHello({ sender: sender(keys), encoded: encodedInner(), configId: 99 });
  for (const [words, opens] of [
    [[], false],
    [['-ech_trialdecrypt'], true],
  ] as const) {
    const recorded = begin(await settingsWith(t, keys, ...words));
    feed(recorded, hello());
    const [answer] = serverHellos(recorded);
    assert.ok(answer);
    const unconfirmed = { ...answer, random: withoutEnd(answer.random) };
    const transcript = hash('sha256', innerHello(), encodeMessage(ServerHello, unconfirmed, tls13));
    const isConfirmed = equal(answer.random.subarray(24), confirmation('ech accept confirmation', transcript));
    assert.equal(isConfirmed, opens);
  }
});

test('algorithms that the configuration does not name are not used', async (t) => {
  const recorded = begin(await settingsWith(t, keys));
  feed(recorded, outerHello({ sender: sender(keys), encoded: encodedInner(), aead: 2 }));
  assert.equal(serverHellos(recorded).length, 1);
  assert.deepEqual(recorded.endings, []);
});

test('a retry tells a client whose hello was not opened nothing but noise', async (t) => {
  const recorded = begin(await settingsWith(t, new EchKeyPair(), '-groups', 'P-384'));
  feed(recorded, outerHello({ sender: sender(keys), encoded: encodedInner() }));
  const [retry] = serverHellos(recorded);
  const noise = findExtension(encryptedClientHello, 'helloRetryRequest', retry?.extensions ?? []);
  assert.equal(noise?.length, 8);
});

test('what is encrypted has to keep the rules', async (t) => {
  const settings = await settingsWith(t, keys);
  const unknownType = 0x7a7a;
  const groups = supportedGroups.code;
  for (const [what, encoded, alert] of [
    ['padding that is not zero', encodedInner({ padding: Uint8Array.of(0, 0, 1) }), 'illegal_parameter'],
    ['a session id of its own', encodedInner({ sessionId: new Uint8Array(32) }), 'illegal_parameter'],
    ['no version but TLS 1.2', encodedInner({ versions: [0x0303] }), 'illegal_parameter'],
    ['nothing that says that it is the inner one', encodedInner({ type: undefined }), 'illegal_parameter'],
    ['versions that nobody knows', encodedInner({ versions: [0x7a7a] }), 'illegal_parameter'],
    ['the type of an outer hello', encodedInner({ type: 'outer' }), 'illegal_parameter'],
    ['a reference to nothing', encodedInner({ references: [groups, unknownType] }), 'illegal_parameter'],
    ['the same twice', encodedInner({ references: [groups, groups] }), 'illegal_parameter'],
    ['another order', encodedInner({ references: [13, groups, 51] }), 'illegal_parameter'],
    ['a reference to the ciphertext', encodedInner({ references: [groups, 13, 51, 0xfe0d] }), 'illegal_parameter'],
    [
      'two lists of references',
      encodedInner({ added: [{ type: 0xfd00, body: Uint8Array.of(2, 0, 10) }] }),
      'illegal_parameter',
    ],
    ['half a hello', encodedInner().subarray(0, 60), 'decode_error'],
    ['nothing but zeros', new Uint8Array(40), 'illegal_parameter'],
  ] as const) {
    const recorded = begin(settings);
    feed(recorded, outerHello({ sender: sender(keys), encoded }));
    assert.equal(alertOf(recorded), alert, what);
  }
});

test('an inner hello may offer older versions too, and gets TLS 1.3, whatever RFC 9849 section 7.1 says', async (t) => {
  const recorded = begin(await settingsWith(t, keys));
  const encoded = encodedInner({ versions: [0x0303, 0x0304] });
  feed(recorded, outerHello({ sender: sender(keys), encoded }));
  const [answer] = serverHellos(recorded);
  const version = findExtension(supportedVersions, 'serverHello', answer?.extensions ?? []);
  assert.equal(version, Version['TLSv1.3']);
});

test('where there is no certificate for TLS 1.3 an inner hello gets nothing older', async (t) => {
  const settings = { ...(await settingsWith(t, keys)), credentials: [] };
  const recorded = begin(settings);
  feed(recorded, outerHello({ sender: sender(keys), encoded: encodedInner({ versions: [0x0304, 0x0303] }) }));
  assert.equal(alertOf(recorded), 'illegal_parameter');
});

test('a hello that says that it is the inner one is confirmed, with keys and without', async (t) => {
  const hello = helloWithExtension(Uint8Array.of(1));
  const random = hello.subarray(6, 38);
  const without = await settingsOf(...certificateFiles(t, 'P-256').words);
  for (const settings of [await settingsWith(t, keys), without]) {
    const recorded = begin(settings);
    feed(recorded, hello);
    const [answer] = serverHellos(recorded);
    assert.ok(answer);
    const unconfirmed = { ...answer, random: withoutEnd(answer.random) };
    const transcript = hash('sha256', hello, encodeMessage(ServerHello, unconfirmed, tls13));
    assert.ok(equal(answer.random.subarray(24), confirmation('ech accept confirmation', transcript, random)));
  }
});

test('a hello that was the inner one stays it after a retry', async (t) => {
  const settings = await settingsOf(...certificateFiles(t, 'P-256').words, '-groups', 'P-384');
  for (const [second, alert] of [
    [helloWithExtension(Uint8Array.of(1), secondShare), undefined],
    [helloWithExtension(Uint8Array.of(0), secondShare), 'illegal_parameter'],
    [helloWithExtension(undefined, secondShare), 'missing_extension'],
  ] as const) {
    const recorded = begin(settings);
    feed(recorded, helloWithExtension(Uint8Array.of(1)));
    const [retry] = serverHellos(recorded);
    assert.ok(retry?.extensions?.some(({ type }) => type === encryptedClientHello.code));
    feed(recorded, second);
    assert.equal(alertOf(recorded), alert);
  }
});

test('the second hello has to go on with what the first began', async (t) => {
  const settings = await settingsWith(t, keys, '-groups', 'P-384');
  const second = { encapsulated: new Uint8Array(0), share: secondShare };
  for (const [what, hello, alert] of [
    ['another number', (it) => outerHello({ ...second, ...it, configId: 8 }), 'illegal_parameter'],
    ['other algorithms', (it) => outerHello({ ...second, ...it, aead: 3 }), 'illegal_parameter'],
    ['a key of its own', (it) => outerHello({ ...it, share: secondShare }), 'illegal_parameter'],
    ['no encrypted hello', () => innerHello(secondShare), 'illegal_parameter'],
    ['another sender', ({ encoded }) => outerHello({ ...second, encoded, sender: sender(keys) }), 'decrypt_error'],
  ] as const satisfies readonly (readonly [string, (it: FirstHello) => Uint8Array, string])[]) {
    const recorded = begin(settings);
    const first = { sender: sender(keys), encoded: encodedInner() };
    feed(recorded, outerHello(first));
    feed(recorded, hello(first));
    assert.equal(alertOf(recorded), alert, what);
  }
});

test('the extension itself has to have its form', async (t) => {
  const settings = await settingsWith(t, keys);
  for (const [body, alert] of [
    [Uint8Array.of(1, 0), 'illegal_parameter'],
    [Uint8Array.of(2), 'illegal_parameter'],
    [Uint8Array.of(), 'decode_error'],
    [Uint8Array.of(0, 0, 1), 'decode_error'],
    [Uint8Array.of(0, 0, 1, 0, 1, 7, 0, 0, 0, 0), 'decode_error'],
    [Uint8Array.of(0, 0, 1, 0, 1, 7, 0, 0, 0, 1, 0, 0), 'decode_error'],
  ] as const) {
    const recorded = begin(settings);
    feed(recorded, helloWithExtension(body));
    assert.equal(alertOf(recorded), alert);
  }
});

test('an extension that stands twice around an encrypted hello is refused', async (t) => {
  const recorded = begin(await settingsWith(t, keys));
  const added = [{ type: 0x7a7a, body: new Uint8Array(0) }];
  feed(recorded, outerHello({ sender: sender(keys), encoded: encodedInner(), added: [...added, ...added] }));
  assert.equal(alertOf(recorded), 'illegal_parameter');
});

test('without keys the extension is ignored, whatever is in it', async (t) => {
  const settings = await settingsOf(...certificateFiles(t, 'P-256').words);
  for (const body of [Uint8Array.of(1, 0), Uint8Array.of(2), Uint8Array.of()]) {
    const recorded = begin(settings);
    feed(recorded, helloWithExtension(body));
    assert.equal(serverHellos(recorded).length, 1);
  }
});

test('whatever is encrypted, the conversation ends as it should', async (t) => {
  const settings = await settingsWith(t, keys);
  const good = encodedInner();
  await check(
    property(uint8Array({ minLength: 1, maxLength: 200 }), (noise) => {
      const at = (noise[0] ?? 0) % good.length;
      const encoded = Buffer.concat([good.subarray(0, at), noise, good.subarray(at + noise.length)]);
      const recorded = begin(settings);
      feed(recorded, outerHello({ sender: sender(keys), encoded }));
      assert.ok(!recorded.endings.some(({ how }) => how === 'crashed'));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('an encrypted name leads to the second certificate by the names in it, another one by -servername', async (t) => {
  for (const [pair, inCertificate, servername, expected] of [
    [keys, 'inner.example', 'other.example', { outcome: 'accepted', switched: true, served: true }],
    [keys, '*.inner.example', 'inner.example', { outcome: 'accepted', switched: false, served: true }],
    [keys, 'front.example', 'other.example', { outcome: 'accepted', switched: false, served: false }],
    [new EchKeyPair(), 'other.example', 'front.example', { outcome: 'rejected', switched: true, served: true }],
    [new EchKeyPair(), 'front.example', 'inner.example', { outcome: 'rejected', switched: false, served: false }],
  ] as const) {
    const told: Notes['encryptedHello'][] = [];
    const second = [...secondPair(t, inCertificate), '-servername', servername, '-servername_fatal'];
    const recorded = begin(await settingsWith(t, pair, ...second), told);
    feed(recorded, outerHello({ sender: sender(keys), encoded: encodedInner() }));
    const [note] = told;
    const served = serverHellos(recorded).length === 1;
    assert.deepEqual({ outcome: note?.outcome, switched: note?.switched, served }, expected);
    const name = expected.outcome === 'accepted' ? 'inner.example' : 'front.example';
    assert.equal(Buffer.from(note?.name ?? '').toString(), name);
  }
});

/** secondPair makes a certificate for the name. */
function secondPair(t: TestContext, name: string): string[] {
  const { key, certificate } = selfSigned({ names: [name], now: Date.UTC(2026, 0), random: randomBytes });
  const path = folder(t);
  writeFileSync(join(path, 'cert2.pem'), toPem('CERTIFICATE', certificate));
  writeFileSync(join(path, 'key2.pem'), key.export({ type: 'pkcs8', format: 'pem' }));
  return ['-cert2', join(path, 'cert2.pem'), '-key2', join(path, 'key2.pem')];
}

interface FirstHello {
  readonly sender: ReturnType<typeof sender>;
  readonly encoded: Uint8Array;
}

async function settingsWith(t: TestContext, { pem }: EchKeyPair, ...words: readonly string[]): Promise<Settings> {
  const file = join(folder(t), 'key.ech');
  writeFileSync(file, pem);
  return settingsOf(...certificateFiles(t, 'P-256').words, '-ech_key', file, ...words);
}

function begin(settings: Settings, told: Notes['encryptedHello'][] = []): Recorded {
  return new Recorded({
    settings,
    surroundings: surroundingsKnown(),
    observer: {
      note: (kind, facts) => {
        if (kind === 'encryptedHello') told.push(facts as Notes['encryptedHello']);
      },
    },
  });
}

function secondHello(client: ReturnType<typeof sender>, added: readonly Extension[] = []): Uint8Array {
  return outerHello({
    sender: client,
    encoded: encodedInner({ added }),
    encapsulated: new Uint8Array(0),
    share: secondShare,
  });
}

function feed(recorded: Recorded, message: Uint8Array): void {
  const records = new WriteHalf().seal(ContentType.handshake, Version['TLSv1.2'], message);
  for (const parts of records) recorded.engine.feed(Buffer.concat(parts));
}

/** serverHellos returns the unprotected ones, retries included. */
function serverHellos({ sentBytes }: Recorded): ServerHello[] {
  const found: ServerHello[] = [];
  for (let at = 0; at + 5 <= sentBytes.length; ) {
    const [type, , , high = 0, low = 0] = sentBytes.subarray(at, at + 5);
    const end = at + 5 + high * 256 + low;
    if (type === ContentType.handshake) found.push(decodeMessage(ServerHello, sentBytes.subarray(at + 5, end), tls13));
    at = end;
  }
  return found;
}

/** RFC 9849 section 7.2 */
function confirmation(label: string, transcript: Uint8Array, random = innerRandom): Uint8Array {
  return hkdfExpandLabel('sha256', hkdfExtract('sha256', new Uint8Array(32), random), label, transcript, 8);
}

function withoutEnd(random: Uint8Array): Uint8Array {
  return Buffer.concat([random.subarray(0, 24), new Uint8Array(8)]);
}

function alertOf({ endings }: Recorded): string | undefined {
  const [ending] = endings;
  return ending?.how === 'failed' ? ending.problem.alert : ending?.how;
}
