import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as check, property, uint8Array } from 'fast-check';
import { BadReply, HttpReplyReader } from './http-reply.ts';

const type = 'application/ocsp-response';
const content = Buffer.from('30030a0103', 'hex');

function reply(head: string, body: Uint8Array = content): Buffer {
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]);
}

function expecting(limit = 102_400): HttpReplyReader {
  return new HttpReplyReader({ contentType: type, limit });
}

function read(bytes: Uint8Array): Uint8Array | undefined {
  const reader = expecting();
  return reader.push(bytes) ?? reader.ended();
}

test('the structure is taken whether the reply comes at once or byte by byte', () => {
  const bytes = reply(`HTTP/1.0 200 OK\r\nContent-Length: 5\r\ncontent-TYPE:  Application/OCSP-response`);
  assert.deepEqual(read(bytes), content);
  const reader = expecting();
  const found = Array.from(bytes, (byte) => reader.push(Uint8Array.of(byte)));
  assert.deepEqual(found.at(-1), content);
  assert.ok(found.slice(0, -1).every((it) => it === undefined));
});

test('what follows the structure is left out, and lines may end in a line feed alone', () => {
  const bytes = reply(`HTTP/1.1 200\nContent-Type: ${type}`, Buffer.concat([content, Buffer.from('more')]));
  assert.deepEqual(read(bytes), content);
});

const typed = `HTTP/1.0 200 OK\r\nContent-Type: ${type}`;
const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['another status', reply('HTTP/1.0 404 Not Found'), /^received error code=404, reason=Not Found$/],
  ['no content', reply('HTTP/1.0 204 None'), /^status code unsupported/],
  ['another place', reply('HTTP/1.0 302 Found\r\nLocation: http://x/'), /^redirection not enabled/],
  ['another protocol', reply('HTTP/2.0 200 OK'), /^header parse error/],
  ['another type', reply('HTTP/1.0 200 OK\r\nContent-Type: text/html'), /^unexpected content type/],
  ['no type', reply('HTTP/1.0 200 OK'), /^missing content type/],
  ['another length', reply(`${typed}\r\nContent-Length: 6`), /^inconsistent content length/],
  ['a length that is no number', reply(`${typed}\r\nContent-Length: -1`), /^error parsing content length/],
  ['a length above the limit', reply(`${typed}\r\nContent-Length: 102401`), /^max resp len exceeded/],
  ['a structure above the limit', reply(typed, Buffer.from('308401000000', 'hex')), /^max resp len exceeded/],
  ['a structure without an end', reply(typed, Buffer.from('3080aa', 'hex')), /^error parsing asn1 length/],
  ['no structure', reply(typed, Buffer.from('hello')), /^missing asn1 encoding/],
  ['half a structure', reply(typed, content.subarray(0, 3)), /^failed reading data/],
  ['half a head', Buffer.from('HTTP/1.0 200 OK\r\nContent-Ty'), /^failed reading data/],
  ['nothing', Buffer.alloc(0), /^failed reading data/],
  ['a long line', reply(`${typed}\r\nX: ${'a'.repeat(9000)}`), /^$/],
  ['a head without an end', Buffer.from(`${typed}\r\n${'X: y\r\n'.repeat(20_000)}`), /^failed reading data/],
  ['control characters', reply('HTTP/1.0 500 \x1b[2J\0'), /^received error code=500, reason=[ -~]*$/],
];

for (const [what, bytes, expected] of refused) {
  test(`a reply with ${what} is refused`, () => {
    assert.throws(
      () => read(bytes),
      (error) => {
        assert.ok(error instanceof BadReply);
        const [line] = error.lines;
        assert.match(`${line?.text ?? ''} ${line?.extra ?? ''}`.trim(), expected);
        return true;
      },
    );
  });
}

test('where a reply says that the structure has gone is told, in whatever pieces it comes', () => {
  const bytes = reply('HTTP/1.1 302 Found\r\nLocation: /there', Buffer.alloc(0));
  const reader = expecting();
  assert.throws(() => Array.from(bytes, (byte) => reader.push(Uint8Array.of(byte))), BadReply);
  assert.equal(reader.location, '/there');
  const found = expecting();
  found.push(reply(`${typed}\r\nLocation: /there`));
  assert.equal(found.location, undefined);
});

test('a head and a content of single bytes cost no more than those in one piece', () => {
  const limit = 1 << 20;
  const long = Buffer.concat([Buffer.from('3083080000', 'hex'), Buffer.alloc(0x80000)]);
  const bytes = reply(typed + '\r\nX: y'.repeat(10_000), long);
  const reader = expecting(limit);
  let found: Uint8Array | undefined;
  for (const byte of bytes) found = reader.push(Uint8Array.of(byte));
  assert.deepEqual(found, long);
});

test('whatever comes, it is a structure within the limit, a refusal, or not yet the end', async () => {
  const good = reply(`${typed}\r\nContent-Length: 5`);
  await check(
    property(uint8Array({ minLength: 3, maxLength: 60 }), ([place = 0, cut = 0, ...noise]) => {
      const at = place % good.length;
      const bytes = Buffer.concat([good.subarray(0, at), Buffer.from(noise), good.subarray(at + (cut % 8))]);
      try {
        const found = expecting().push(bytes);
        assert.ok(found === undefined || found[0] === 0x30);
      } catch (error) {
        assert.ok(error instanceof BadReply);
      }
    }),
    { seed: 1, numRuns: 2000 },
  );
});
