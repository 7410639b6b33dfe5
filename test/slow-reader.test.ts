import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import { Program } from './program.ts';

/** Bytes that exceed the system's buffers between a client and a reader. */
const tooMuch = 64_000_000;
const line = Buffer.from(`${'x'.repeat(15_999)}\n`);

for (const words of [[], ['-msg', '-debug'], ['-rev', '-debug'], ['-www', '-debug']]) {
  test(`a client has to wait as long as nobody reads what is printed: ${words.join(' ')}`, async (t) => {
    const program = await Program.start(t, ...words);
    program.process.stdout.pause();
    const client = await connected(program);
    const written = await writtenUntilStalled(client);
    assert.ok(written < tooMuch, `${written} bytes were taken`);
    program.process.stdout.resume();
    await once(client, 'drain');
    client.destroy();
  });
}

test('a client that is not the current one has to wait too, and all that it sent comes out', async (t) => {
  const program = await Program.start(t);
  const current = await connected(program);
  await program.prints(/CIPHER is/);
  const other = await connected(program);
  const written = await writtenUntilStalled(other);
  assert.ok(written < tooMuch, `${written} bytes were taken`);
  other.end();
  current.end();
  await program.prints(/x\nDONE\nshutting down SSL\nCONNECTION CLOSED\n$/);
  assert.equal(linesIn(program.out), written / line.length);
});

for (const words of [[], ['-msg', '-debug'], ['-rev', '-debug']]) {
  test(`all that was printed is read by a slow reader, after the end too: ${words.join(' ')}`, async (t) => {
    const program = await Program.start(t, '-naccept', '1', ...words);
    const { stdout } = program.process;
    stdout.pause();
    const client = await connected(program);
    client.end(Buffer.concat(Array.from({ length: 20 }, () => line)));
    client.resume();
    const ended = once(program.process, 'close');
    await Promise.race([once(program.process, 'exit'), wait(300)]);
    stdout.resume();
    await ended;
    assert.equal(program.process.exitCode, 0);
    if (words.length === 0) assert.equal(linesIn(program.out), 20);
    assert.match(program.out, /1 server accepts that finished\n(?:.*\n)*.*cache full overflows \(\d+ allowed\)\n$/);
  });
}

/** A line of a session in PEM may end with one of these letters. */
function linesIn(printed: string): number {
  return printed.split('xxxxxxxx\n').length - 1;
}

async function connected({ port }: Program): Promise<TLSSocket> {
  const client = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  client.on('error', () => undefined);
  await once(client, 'secureConnect');
  return client;
}

/** writtenUntilStalled returns the bytes that a client could write until it stalled. */
async function writtenUntilStalled(client: TLSSocket): Promise<number> {
  let written = 0;
  for (let stalled = 0; stalled < 30 && written < tooMuch; ) {
    if (client.writableNeedDrain) {
      stalled++;
      await wait(10);
    } else {
      client.write(line);
      written += line.length;
      stalled = 0;
    }
  }
  return written;
}
