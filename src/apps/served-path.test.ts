import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { servedPath } from './served-path.ts';

test('the name ends at the first blank, and nothing in it is decoded', () => {
  for (const name of ['a.txt', 'sub/i.htm', './a', '..foo/f', 'a..b', '...', '%2e%2e/x', 'a?q=1', 'b\\c', '']) {
    assert.deepEqual(servedPath(`${name} HTTP/1.0\r\n`), { name });
  }
});

test('what the reference refuses is refused in its words', () => {
  for (const [rest, refusal] of [
    ['a.txt\r\n', "'a.txt\r\n' is an invalid file name"],
    ['a/..\n', "'a/..\n' is an invalid file name"],
    ['a\0b HTTP\n', "'a' is an invalid file name"],
    ['.. HTTP\n', "'..' contains '..' or ':'"],
    ['a/../b HTTP\n', "'a/../b' contains '..' or ':'"],
    ['a\\../b HTTP\n', "'a\\../b' contains '..' or ':'"],
    ['a/..\\b HTTP\n', "'a/..\\b' contains '..' or ':'"],
    ['x/..:y HTTP\n', "'x/..' contains '..' or ':'"],
    ['a:\n', "'a' contains '..' or ':'"],
    ['/etc/passwd HTTP\n', "'/etc/passwd' is an invalid path"],
    ['\\etc HTTP\n', "'\\etc' is an invalid path"],
  ] as const) {
    assert.deepEqual(servedPath(rest), { refusal: `${refusal}\r\n` });
  }
});

test('no request names anything that begins at the root, goes up or holds a zero byte', () => {
  const part = fc.constantFrom('..', '.', '/', '\\', ':', ' ', '\0', 'a', '\xff', '%2e', '\r\n');
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const { name } = servedPath(parts.join(''));
      if (name === undefined) return;
      assert.doesNotMatch(name, /^[/\\]|(^|[/\\])\.\.([/\\]|$)|[\0: ]/);
    }),
  );
});
