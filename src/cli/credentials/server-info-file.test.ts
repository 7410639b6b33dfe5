import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { assert as check, property, uint8Array } from 'fast-check';
import { toPem } from '../../bytes/pem.ts';
import { plainInfoContext } from '../../handshake/flow/server-info.ts';
import { LoadFailure } from '../../x509/files/load-failure.ts';
import { loadServerInfo } from './server-info-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'serverhello-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function load(text: string) {
  const file = join(folder, 'info.pem');
  writeFileSync(file, text);
  return loadServerInfo(file, 'RSA').extensions;
}

/** extension encodes type, length and content. */
function extension(type: number, content: string): Buffer {
  return Buffer.concat([Buffer.of(type >> 8, type & 0xff, 0, content.length), Buffer.from(content)]);
}

const one = toPem('SERVERINFO FOR ONE', extension(1000, 'first'));

test('both versions of blocks are read, in their order', () => {
  const two = toPem('SERVERINFOV2 FOR TWO', Buffer.concat([Buffer.from('00001480', 'hex'), extension(18, '')]));
  assert.deepEqual(load(`about them\n${one}${two}`), [
    { type: 1000, context: plainInfoContext, body: Uint8Array.from(Buffer.from('first')) },
    { type: 18, context: 0x1480, body: new Uint8Array(0) },
  ]);
});

test('a file that no message could carry is refused with its size', () => {
  const block = (type: number) => {
    const head = Buffer.from([type >> 8, type & 0xff, 40_000 >> 8, 40_000 & 0xff]);
    return toPem('SERVERINFO FOR IT', Buffer.concat([head, Buffer.alloc(40_000)]));
  };
  assert.equal(load(block(1000)).length, 1);
  assert.throws(() => load(block(1000) + block(1001)), /^LoadFailure: -serverinfo: .* has 80008 bytes of extensions, /);
});

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['no block', 'hello', /no start line.*no pem extensions/],
  ['a short name', toPem('SOMETHING ELSE', extension(1, 'x')), /^pem name too short$/],
  ['another name', toPem('SOMETHING ELSE ALTOGETHER', extension(1, 'x')), /^pem name bad prefix$/],
  ['too few bytes', toPem('SERVERINFO FOR X', Buffer.of(1, 2, 0)), /^bad data$/],
  ['a wrong length', toPem('SERVERINFO FOR X', Buffer.of(3, 232, 0, 99, 1)), /^bad data$/],
  ['no context', toPem('SERVERINFOV2 FOR X', extension(1000, 'x')), /^bad data$/],
  ['a type twice', one + one, /invalid serverinfo data/],
  ['a type that is known', toPem('SERVERINFO FOR X', extension(16, 'x')), /invalid serverinfo data/],
];
for (const [what, text, expected] of refused) {
  test(`a file with ${what} is refused`, () => {
    assert.throws(
      () => load(text),
      (error) => {
        assert.ok(error instanceof LoadFailure);
        assert.match(error.lines.map((it) => it.text).join(', '), expected);
        return true;
      },
    );
  });
}

test('a file that is not there is told with the lines of the system', () => {
  assert.throws(
    () => loadServerInfo(join(folder, 'none'), 'RSA'),
    (error) => error instanceof LoadFailure && error.lines.length === 3,
  );
});

test('whatever a block holds, it is an extension or refused', async () => {
  await check(
    property(uint8Array({ maxLength: 12 }), (content) => {
      for (const label of ['SERVERINFO FOR X', 'SERVERINFOV2 FOR X']) {
        try {
          const [only] = load(toPem(label, content));
          assert.equal(only?.body.length, content.length - (label.includes('V2') ? 8 : 4));
        } catch (error) {
          assert.ok(error instanceof LoadFailure);
        }
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});
