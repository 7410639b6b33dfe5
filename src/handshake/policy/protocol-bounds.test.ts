import assert from 'node:assert/strict';
import { test } from 'node:test';
import { protocolNamed } from './protocol-bounds.ts';

test('the words of the bounds are known in exactly their spelling', () => {
  assert.equal(protocolNamed('None'), 0);
  assert.equal(protocolNamed('SSLv3'), 0x0300);
  assert.equal(protocolNamed('TLSv1'), 0x0301);
  assert.equal(protocolNamed('TLSv1.1'), 0x0302);
  assert.equal(protocolNamed('TLSv1.2'), 0x0303);
  assert.equal(protocolNamed('TLSv1.3'), 0x0304);
  assert.equal(protocolNamed('DTLSv1'), 0xfeff);
  assert.equal(protocolNamed('DTLSv1.2'), 0xfefd);
});

test('any other word is unknown', () => {
  for (const word of ['', 'TLSv1.0', 'tlsv1.2', 'TLSv1.2 ', 'TLS1.2', 'DTLSv0.9', 'SSLv2', 'toString', 'none']) {
    assert.equal(protocolNamed(word), undefined, word);
  }
});
