import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../src/bytes/wire.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { Certificate13 } from '../src/messages/certificate.ts';
import { ClientHello } from '../src/messages/client-hello.ts';
import { EncryptedExtensions } from '../src/messages/encrypted-extensions.ts';
import { type Extension, encodeExtension, findExtension } from '../src/messages/extensions/extension.ts';
import { keyShare } from '../src/messages/extensions/key-share.ts';
import { pskKeyExchangeModes } from '../src/messages/extensions/psk-key-exchange-modes.ts';
import { serverName } from '../src/messages/extensions/server-name.ts';
import { signatureAlgorithms } from '../src/messages/extensions/signature-algorithms.ts';
import { supportedGroups } from '../src/messages/extensions/supported-groups.ts';
import { supportedVersions } from '../src/messages/extensions/supported-versions.ts';
import { trustAnchorId, trustAnchors } from '../src/messages/extensions/trust-anchors.ts';
import { encodeMessage } from '../src/messages/message.ts';
import { Version } from '../src/names/versions.ts';
import { certificateFiles } from './certificates.ts';
import { Recorded, settingsOf } from './conversation.ts';
import { surroundingsKnown } from './known-surroundings.ts';

type Holder = Parameters<typeof certificateFiles>[0];

function settings(t: Holder, ...words: readonly string[]): Promise<Settings> {
  return settingsOf(...words, ...certificateFiles(t, 'P-256').words);
}

const groups = encodeExtension(supportedGroups, 'clientHello', [0x001d, 0x0017]);
const schemes = encodeExtension(signatureAlgorithms, 'clientHello', [0x0403]);
const common = {
  [Version['TLSv1.2']]: [groups, schemes],
  [Version['TLSv1.3']]: [
    groups,
    schemes,
    encodeExtension(supportedVersions, 'clientHello', [Version['TLSv1.3']]),
    encodeExtension(pskKeyExchangeModes, 'clientHello', [1]),
    encodeExtension(keyShare, 'clientHello', [{ group: 0x001d, keyExchange: new Uint8Array(32).fill(9) }]),
  ],
};
const versions = [Version['TLSv1.2'], Version['TLSv1.3']] as const;

/** helloOf is a ClientHello in a record of its own, with these extensions besides the usual ones. */
function helloOf(version: keyof typeof common, ...more: readonly Extension[]): Uint8Array {
  const hello = {
    legacyVersion: Version['TLSv1.2'],
    random: new Uint8Array(32).fill(7),
    sessionId: new Uint8Array(0),
    cipherSuites: [0x1301, 0xc02b],
    compressionMethods: [0],
    extensions: [...common[version], ...more],
  };
  const message = encodeMessage(ClientHello, hello, { version: Version['TLSv1.2'] });
  return Buffer.concat([Uint8Array.of(22, 3, 1, message.length >> 8, message.length & 0xff), message]);
}

interface Answered {
  readonly problem: string | undefined;
  readonly alert: string | undefined;
  /** Handshake messages of the server. */
  readonly messages: readonly Uint8Array[];
  /** Extension types reported to an observer. */
  readonly told: readonly number[];
}

function answered(ours: Settings, hello: Uint8Array): Answered {
  const messages: Uint8Array[] = [];
  const told: number[] = [];
  const observer = {
    message(way: string, contentType: number, _version: number, bytes: Uint8Array) {
      if (way === 'write' && contentType === 22) messages.push(Uint8Array.from(bytes));
    },
    extension(_way: string, type: number) {
      told.push(type);
    },
  };
  const recorded = new Recorded({ settings: ours, surroundings: surroundingsKnown(), observer });
  recorded.engine.feed(hello);
  const [ending] = recorded.endings;
  const problem = ending?.how === 'failed' ? ending.problem : undefined;
  return { problem: problem?.problem, alert: problem?.alert, messages, told };
}

const malformed = Uint8Array.of(5);

test('an extension that is switched off may hold anything', async (t) => {
  const off = await settings(t, '-no_etm');
  for (const version of versions) {
    for (const type of [14, 19, 20, 22, 27, 28, 44, 13172, 0xca34]) {
      // SRTP does not exist on streams.
      const expected = type === 14 ? 'badExtension' : undefined;
      assert.equal(answered(off, helloOf(version, { type, body: malformed })).problem, expected, `${version} ${type}`);
    }
  }
});

test('the same extension is malformed where it is switched on', async (t) => {
  const cases = [
    [19, Version['TLSv1.2'], ['-enable_client_rpk']],
    [20, Version['TLSv1.2'], ['-enable_server_rpk']],
    [22, Version['TLSv1.2'], []],
    [27, Version['TLSv1.3'], ['-cert_comp']],
    [28, Version['TLSv1.3'], ['-record_size_limit', '512']],
    [44, Version['TLSv1.3'], ['-stateless']],
    [13172, Version['TLSv1.2'], ['-nextprotoneg', 'h2']],
  ] as const;
  for (const [type, version, words] of cases) {
    const { problem } = answered(await settings(t, ...words), helloOf(version, { type, body: malformed }));
    assert.equal(problem, type === 44 ? 'lengthMismatch' : 'badExtension', `${type}`);
  }
  // The reference parses this one also when it is switched off.
  const ems = answered(await settings(t, '-no_ems'), helloOf(Version['TLSv1.2'], { type: 23, body: malformed }));
  assert.equal(ems.problem, 'badExtension');
});

test('a server name may switch on an extension that was off before it', async (t) => {
  const plain = await settings(t);
  const name = encodeExtension(serverName, 'clientHello', [{ nameType: 0, name: Buffer.from('b.example') }]);
  const other = { ...plain, recordSizeLimit: 512 };
  const ours = { ...plain, serverName: { name: 'b.example', settings: other, fatal: false } };
  const limit = { type: 28, body: Uint8Array.of(2, 0) };
  for (const version of versions) {
    const sent = answered(ours, helloOf(version, name, limit));
    const bytes = Buffer.concat(sent.messages).toString('hex');
    assert.equal(sent.problem, undefined);
    assert.match(bytes, /001c00020200/);
    assert.doesNotMatch(Buffer.concat(answered(ours, helloOf(version, limit)).messages).toString('hex'), /001c0002/);
  }
});

test('a known extension comes once, of an unknown one the first counts', async (t) => {
  const ours = await settings(t);
  for (const version of versions) {
    for (const type of [18, 21, 28, 65000, 0xca34]) {
      const twice = [1, 2].map(() => ({ type, body: new Uint8Array(0) }));
      const { problem, alert } = answered(ours, helloOf(version, ...twice));
      assert.deepEqual([problem, alert], ['badExtension', 'illegal_parameter'], `${type}`);
    }
    for (const type of [2, 9, 17, 0x0a0a]) {
      const twice = [1, 2].map(() => ({ type, body: new Uint8Array(0) }));
      assert.equal(answered(ours, helloOf(version, ...twice)).problem, undefined, `${type}`);
    }
  }
});

test('observers are told the extensions that the reference prints', async (t) => {
  const more = [2, 9, 28, 65000, 0xca34, 18].map((type) => ({ type, body: new Uint8Array(0) }));
  const { told } = answered(await settings(t), helloOf(Version['TLSv1.2'], ...more));
  assert.deepEqual(told, [10, 13, 65000, 18]);
});

test('a PSK without its modes ends a handshake of TLS 1.2 too', async (t) => {
  const { problem } = answered(await settings(t), helloOf(Version['TLSv1.2'], { type: 41, body: malformed }));
  assert.equal(problem, 'missingPskKexModesExtension');
});

test('our trust anchors are told to clients that ask, and whether the chain is one that the client has named', async (t) => {
  const [ours = assert.fail(), others = assert.fail()] = ['32473.1', '32473.2'].map(trustAnchorId);
  const plain = await settings(t);
  const withAnchors = { ...plain, trustAnchors: [ours] };
  const asked = (...ids: readonly Uint8Array[]) =>
    sentAnchors(answered(withAnchors, helloOf(Version['TLSv1.3'], encodeExtension(trustAnchors, 'clientHello', ids))));
  assert.deepEqual(asked(others, ours), { available: [ours], strict: true });
  assert.deepEqual(asked(others), { available: [ours], strict: false });
  assert.deepEqual(asked(), { available: [ours], strict: false });
  assert.deepEqual(sentAnchors(answered(withAnchors, helloOf(Version['TLSv1.3']))), { available: [], strict: false });
});

/** sentAnchors reads EncryptedExtensions and the first certificate's extensions. */
function sentAnchors({ messages }: Answered) {
  const context = { version: Version['TLSv1.3'] };
  const [, second = assert.fail(), third = assert.fail()] = messages;
  const { extensions } = decode(EncryptedExtensions.wire(context), second.subarray(4));
  const { certificateList } = decode(Certificate13.wire(context), third.subarray(4));
  const available = findExtension(trustAnchors, 'encryptedExtensions', extensions) ?? [];
  const mark = findExtension(trustAnchors, 'certificate', certificateList[0]?.extensions ?? []);
  return { available: available.map((id) => Uint8Array.from(id)), strict: mark !== undefined };
}
