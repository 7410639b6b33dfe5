import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { certificateFiles, folder } from './certificates.ts';
import { installed, run } from './clients.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

test('the client chooses a protocol under encryption, also when it resumes', { skip }, async (t) => {
  const words = ['-tls1_2', '-nextprotoneg', 'h2,foo', ...certificateFiles(t, 'P-256').words];
  const program = await Program.start(t, ...words);
  const session = join(folder(t), 'session.pem');
  const connect = ['s_client', '-connect', `127.0.0.1:${program.port}`, '-nextprotoneg', 'foo'];
  const first = await run('openssl', [...connect, '-sess_out', session], 'Q\n');
  const second = await run('openssl', [...connect, '-sess_in', session], 'Q\n');
  assert.match(first.out, /^Next protocol: \(1\) foo$/m);
  assert.match(second.out, /^Reused, [\s\S]*^Next protocol: \(1\) foo$/m);
  await program.prints(/NEXTPROTO is foo[\s\S]*NEXTPROTO is foo[\s\S]*CONNECTION CLOSED/);
});

test('with ALPN agreed on there is no Next Protocol Negotiation', { skip }, async (t) => {
  const words = ['-tls1_2', '-nextprotoneg', 'foo', '-alpn', 'bar', ...certificateFiles(t, 'P-256').words];
  const program = await Program.start(t, ...words);
  const connect = ['s_client', '-connect', `127.0.0.1:${program.port}`, '-nextprotoneg', 'foo', '-alpn', 'bar'];
  const { out } = await run('openssl', connect, 'Q\n');
  assert.match(out, /^ALPN protocol: bar$/m);
  assert.doesNotMatch(out, /Next protocol/);
});
