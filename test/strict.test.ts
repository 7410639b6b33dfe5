import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { certificateFiles } from './certificates.ts';
import { settingsOf } from './conversation.ts';
import { extension, HandMadeClient, type HandMadeHello, hello13, usual } from './hand-made-hello.ts';

/* The rows of docs/decisions/strict.md that a hello shows. */

let tolerant: Settings;

before(async () => {
  tolerant = await settingsOf('-www', ...certificateFiles({ after: () => {} }, 'P-256').words);
});

/** What becomes of a client with this hello, without `strict` and with it. */
function ends(hello: HandMadeHello): readonly [string, string] {
  const end = (settings: Settings) => new HandMadeClient(settings).hello(hello).end;
  return [end(tolerant), end({ ...tolerant, strict: true })];
}

const unknown = extension(0x1234, '00');

test('an unknown extension that is repeated', () => {
  const refused = 'decode_error tls_collect_extensions:bad extension';
  const extensions = [unknown, usual.groups, usual.schemes, unknown];
  assert.deepEqual(ends({ extensions }), ['goes on', refused]);
  assert.deepEqual(ends(hello13({ extensions: [unknown, unknown] })), ['goes on', refused]);
  assert.deepEqual(ends(hello13({ extensions: [unknown] })), ['goes on', 'goes on']);
});

test('a known extension that is repeated', () => {
  const refused = 'illegal_parameter tls_collect_extensions:bad extension';
  assert.deepEqual(ends(hello13({ extensions: [usual.groups] })), [refused, refused]);
});

test('SRTP over a stream', () => {
  const srtp = extension(14, '0002 0001 00');
  const refused = 'illegal_parameter tls_collect_extensions:bad extension';
  assert.deepEqual(ends({ extensions: [usual.groups, usual.schemes, srtp] }), [refused, 'goes on']);
});

test('a hello without null compression', () => {
  const told = 'tls_early_post_process_client_hello:no compression specified';
  const expected = [`decode_error ${told}`, `illegal_parameter ${told}`];
  assert.deepEqual(ends({ compressionMethods: [1] }), expected);
  assert.deepEqual(ends(hello13({ compressionMethods: [1] })), expected);
});

test('a group with two shares', () => {
  const share = `001d 0020 09${'00'.repeat(31)}`;
  const twice = extension(51, `0048 ${share} ${share}`);
  const hello = hello13({ extensions: [twice] }, [usual.share]);
  assert.deepEqual(ends(hello), ['goes on', 'illegal_parameter tls_parse_ctos_key_share:bad key share']);
});

test('more binders than identities, and fewer', () => {
  const identity = '0003 616263 00000000';
  const binder = `20 ${'11'.repeat(32)}`;
  const refused = 'illegal_parameter tls_parse_ctos_psk:bad extension';
  const offers = (identities: number, binders: number) => {
    const list = identity.repeat(identities);
    const length = (9 * identities).toString(16).padStart(4, '0');
    const proofs = (33 * binders).toString(16).padStart(4, '0');
    return hello13({ extensions: [extension(41, `${length} ${list} ${proofs} ${binder.repeat(binders)}`)] });
  };
  assert.deepEqual(ends(offers(1, 2)), ['goes on', refused]);
  assert.deepEqual(ends(offers(2, 1)), ['goes on', refused]);
  assert.deepEqual(ends(offers(2, 2)), ['goes on', 'goes on']);
});
