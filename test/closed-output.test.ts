import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { Program } from './program.ts';

test('the server goes on when nobody reads any longer what it prints', async (t) => {
  const program = await Program.start(t, '-www', '-msg', '-state');
  program.process.stdout.destroy();
  program.process.stderr.destroy();
  for (let i = 0; i < 3; i++) assert.match(await page(program.port), /^<HTML>/);
  assert.equal(program.process.exitCode, null);
});

async function page(port: number): Promise<string> {
  const request = get({ port, host: '127.0.0.1', rejectUnauthorized: false, agent: false });
  const [response] = await once(request, 'response');
  return text(response);
}
