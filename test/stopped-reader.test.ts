import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { certificateFiles } from './certificates.ts';
import { factsIn, ofKind, onlyOne } from './facts.ts';

const file = fileURLToPath(new URL('../bin/s_server.js', import.meta.url));

test('a reader of facts that stops does not stop the server, and learns what it has missed', async (t) => {
  const words = [file, '-accept', '127.0.0.1:0', ...certificateFiles(t, 'P-256').words, '-json', 'fd:3', '-json_data'];
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'ignore', 'pipe'] });
  const closed = once(child, 'close');
  t.after(() => child.kill('SIGKILL'));
  const { stdout, stdin } = child;
  const facts = child.stdio[3];
  assert.ok(stdout && stdin && facts && 'read' in facts);
  let out = '';
  let length = 0;
  stdout.on('data', (bytes: Buffer) => {
    length += bytes.length;
    if (out.length < 1000) out += bytes.toString('latin1');
  });
  while (!/^ACCEPT .*:(\d+)$/m.test(out)) await once(stdout, 'data');
  const port = Number(/^ACCEPT .*:(\d+)$/m.exec(out)?.[1]);

  // Twice as long in hexadecimal, it is more than the 8 MiB that wait for a reader.
  const first = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  const firstClosed = once(first, 'close');
  await once(first, 'secureConnect');
  first.end(Buffer.alloc(amount, 'x')).resume();
  while (length < amount) await once(stdout, 'data');
  await firstClosed;
  const second = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(second, 'secureConnect');

  let text = '';
  facts.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
  });
  while (!text.includes('"fact":"connected"')) await pause(10);
  second.end();
  while (!/"fact":"lost".*\n/.test(text)) {
    const another = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(another, 'secureConnect');
    another.end().resume();
    await once(another, 'close');
  }
  child.kill('SIGTERM');
  await closed;
  const told = factsIn(text);
  const [lost] = ofKind(told, 'lost');
  assert.ok(lost && lost.count > 0);
  assert.equal(lost.output, 'json');
  assert.ok(onlyOne(told, 'end').dropped >= lost.count);
});

const amount = 6_000_000;
