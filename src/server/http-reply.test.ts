import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadReply, HttpReplyReader } from './http-reply.ts';

const type = 'application/ocsp-response';
const content = Buffer.from('30030a0103', 'hex');

function reply(head: string, body: Uint8Array = content): Buffer {
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]);
}

function read(bytes: Uint8Array): Uint8Array | undefined {
  const reader = new HttpReplyReader(type);
  return reader.push(bytes) ?? reader.ended();
}

test('the structure is taken whether the reply comes at once or byte by byte', () => {
  const bytes = reply(`HTTP/1.0 200 OK\r\nContent-Length: 5\r\ncontent-TYPE:  Application/OCSP-response`);
  assert.deepEqual(read(bytes), Uint8Array.from(content));
  const reader = new HttpReplyReader(type);
  const found = Array.from(bytes, (byte) => reader.push(Uint8Array.of(byte)));
  assert.deepEqual(found.at(-1), Uint8Array.from(content));
  assert.ok(found.slice(0, -1).every((it) => it === undefined));
});

test('what follows the structure is left out, and lines may end in a line feed alone', () => {
  const bytes = reply(`HTTP/1.1 200\nContent-Type: ${type}`, Buffer.concat([content, Buffer.from('more')]));
  assert.deepEqual(read(bytes), Uint8Array.from(content));
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
  ['a long line', reply(`${typed}\r\nX: ${'a'.repeat(5000)}`), /^failed reading data/],
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
        assert.match(`${line?.text} ${line?.extra ?? ''}`.trim(), expected);
        return true;
      },
    );
  });
}
