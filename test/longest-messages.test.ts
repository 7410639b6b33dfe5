import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import type { InfoPlace, ServerInfo } from '../src/handshake/flow/server-info.ts';
import { InfoContext as contexts } from '../src/handshake/flow/server-info.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { certificateFiles } from './certificates.ts';
import { settingsOf } from './conversation.ts';
import { extension, HandMadeClient, type HandMadeHello, hello13, usual } from './hand-made-hello.ts';

/*
 * What settings bring into a message may be more than it can hold. Then the handshake ends by internal_error, as with the
 * reference; no fault of ours is left with a stack.
 */

let settings: Settings;

before(async () => {
  const { words, certificate } = certificateFiles({ after: () => {} }, 'RSA');
  settings = await settingsOf('-www', '-verify', '1', '-CAfile', certificate, ...words);
});

const ends = [
  'goes on',
  'internal_error tls_construct_extensions:internal error',
  'internal_error construct_ca_names:internal error',
];
const types = [1000, 1001] as const;
const asked = types.map((type) => extension(type));
const hellos: Readonly<Record<'upToTls12' | 'fromTls13' | 'again', HandMadeHello>> = {
  upToTls12: { extensions: [usual.groups, usual.points, usual.schemes, extension(5, '01 0000 0000'), ...asked] },
  fromTls13: hello13({ extensions: [extension(5, '01 0000 0000'), ...asked] }),
  again: hello13({ extensions: asked, cipherSuites: [0x1301] }, [usual.share]),
};

const places: readonly (readonly [InfoPlace, keyof typeof hellos])[] = [
  ['serverHello12', 'upToTls12'],
  ['encryptedExtensions', 'fromTls13'],
  ['certificate', 'fromTls13'],
  ['certificateRequest', 'fromTls13'],
  ['helloRetryRequest', 'again'],
];

/** Lengths at which something stops to fit. */
const length = fc.oneof(fc.integer({ min: 0, max: 70_000 }), fc.integer({ min: 65_480, max: 65_540 }));

test('extensions of -serverinfo of any length end in a message or in internal_error', () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.tuple(length, length), ([place, which], lengths) => {
      const serverInfo: ServerInfo = { keyType: 'RSA', extensions: [] };
      const flags: number = contexts[place] | contexts.clientHello;
      const extensions = types.map((type, index) => ({
        type,
        context: flags,
        body: new Uint8Array(lengths[index] ?? 0),
      }));
      const hello =
        which === 'again'
          ? { ...hellos.again, extensions: [...(hellos.again.extensions ?? []), emptyShare] }
          : hellos[which];
      const client = new HandMadeClient({ ...settings, serverInfo: { ...serverInfo, extensions } }).hello(hello);
      const fits = lengths[0] + lengths[1] < 65_000;
      assert.ok(ends.includes(client.end), client.end);
      assert.ok(!fits || client.end === 'goes on', `${place} ${lengths}`);
    }),
    { numRuns: 60 },
  );
});

test('a status beside other extensions, of any length, ends in a message or in internal_error', () => {
  fc.assert(
    fc.property(length, fc.constantFrom('upToTls12', 'fromTls13'), (bytes, which) => {
      const trustAnchors = [Uint8Array.of(1, 2)];
      const hello = hellos[which];
      const named = { ...hello, extensions: [...(hello.extensions ?? []), extension(0xca34, '0003 02 0102')] };
      const ocsp = () => [new Uint8Array(bytes)];
      const client = new HandMadeClient({ ...settings, ocsp, trustAnchors }).hello(named);
      assert.ok(ends.includes(client.end), client.end);
    }),
    { numRuns: 40 },
  );
});

/** Asks for the server's choice of group. */
const emptyShare = extension(51, '0000');
