import assert from 'node:assert/strict';
import { test } from 'node:test';
import { responderUrl } from './responder-url.ts';

test('a URL without a scheme is one of http, and only https has another port', () => {
  assert.deepEqual(responderUrl('x.example'), { secure: false, host: 'x.example', port: 80, path: '/' });
  assert.deepEqual(responderUrl('https://x/y?z#f'), { secure: true, host: 'x', port: 443, path: '/y?z' });
  assert.deepEqual(responderUrl('http://user:pass@x:81?q'), { secure: false, host: 'x', port: 81, path: '/?q' });
  assert.equal(responderUrl('http://[::1]:2560/')?.host, '::1');
});

test('other schemes, ports that are none, and what would break a request apart are refused', () => {
  for (const text of [':::', 'ftp://x/', 'http://x:y/', 'http://x:65536/', 'http://x/\r\nX: y', 'http://x\0y/', '://x'])
    assert.equal(responderUrl(text), undefined, text);
});
