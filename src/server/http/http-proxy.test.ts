import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ProxyChoice, proxyFor } from './http-proxy.ts';
import { BadReply } from './http-reply.ts';

function through(choice: Partial<ProxyChoice>, host = 'a.example', secure = false): string | undefined {
  const found = proxyFor({ secure, host }, { proxy: undefined, noProxy: undefined, environment: {}, ...choice });
  return found && `${found.host}:${found.port}`;
}

test('the option goes before the environment, small letters before capitals', () => {
  const environment = { http_proxy: 'small:1', HTTP_PROXY: 'capital:2', HTTPS_PROXY: 'http://secure:3' };
  assert.equal(through({ proxy: 'http://option:4/ignored', environment }), 'option:4');
  assert.equal(through({ environment }), 'small:1');
  assert.equal(through({ environment }, 'a.example', true), 'secure:3');
  assert.equal(through({}), undefined);
});

test('servers on the list are asked without a proxy; a part of a name is not on it', () => {
  for (const noProxy of ['a.example', 'b, a.example', 'a.example b']) {
    assert.equal(through({ proxy: 'p:1', noProxy }), undefined);
    assert.equal(through({ proxy: 'p:1', environment: { no_proxy: noProxy } }), undefined);
  }
  assert.equal(through({ proxy: 'p:1', noProxy: 'example,xa.example,*' }), 'p:1');
});

test('what is no address is refused', () => {
  assert.throws(() => through({ proxy: 'ftp://x:y:z' }), BadReply);
  assert.throws(() => through({ proxy: 'p:99999' }), BadReply);
});
