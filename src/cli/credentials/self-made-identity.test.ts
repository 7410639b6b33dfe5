import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hintsAbout, selfMadeIdentity } from './self-made-identity.ts';

const identity = selfMadeIdentity();
const recognised = /^No -cert and no server\.pem: .*\nSHA-256 fingerprint ([0-9A-F]{2}:){31}[0-9A-F]{2}\n/;

test('stderr tells how to reach and to recognise the server', () => {
  const hints = hintsAbout(identity, { family: 'any', host: '::1', port: '4433' }, false);
  assert.match(hints, recognised);
  assert.match(
    hints,
    /\nopenssl s_client -connect \[::1\]:4433\ncurl --insecure --pinnedpubkey 'sha256\/\/[A-Za-z0-9+/]{43}=' https:\/\/\[::1\]:4433\/ # is answered with -www\n$/,
  );
});

test('with a web mode curl is enough', () => {
  const hints = hintsAbout(identity, { path: 'sock' }, true);
  assert.match(hints, recognised);
  assert.match(hints, /\ncurl --insecure --pinnedpubkey '[^']*' --unix-socket 'sock' https:\/\/localhost\/\n$/);
  assert.doesNotMatch(hints, /s_client/);
});
