import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mediaType } from './media-type.ts';

test('three suffixes are HTML, in lower case and with something before them', () => {
  for (const name of ['a.html', 'a.htm', 'sub/page.php', '/.html']) assert.equal(mediaType(name), 'text/html');
  for (const name of ['.html', '.htm', 'A.HTML', 'a.css', 'html', 'a.html.txt', '']) {
    assert.equal(mediaType(name), 'text/plain');
  }
});
