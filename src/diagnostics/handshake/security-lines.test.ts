import assert from 'node:assert/strict';
import { test } from 'node:test';
import { securityLines } from './security-lines.ts';

function printed(detail: 'refused' | 'verbose'): string {
  let text = '';
  const watcher = securityLines((line) => {
    text += line;
  }, detail);
  watcher.decision?.({ what: 'Version=TLS 1.3', allowed: true });
  watcher.decision?.({ what: 'Shared Signature Algorithm scheme=rsa_pkcs1_sha1', bits: 64, allowed: false });
  return text;
}

test('without the verbose form only refusals are told', () => {
  const refusal = 'Security callback: Shared Signature Algorithm scheme=rsa_pkcs1_sha1, security bits=64: no\n';
  assert.equal(printed('refused'), refusal);
  assert.equal(printed('verbose'), `Security callback: Version=TLS 1.3: yes\n${refusal}`);
});
