import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { certificateFiles, folder } from './certificates.ts';
import { installed, type Outcome, run } from './clients.ts';
import { faults, MessageFault } from './message-faults.ts';
import { type Cleanup, Program } from './program.ts';
import { type Delivers, faultyLink } from './udp.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';
const key = '00112233445566778899aabbccddeeff';
const withCertificate = ['-cipher', 'ECDHE-RSA-AES128-SHA:@SECLEVEL=0'];
const withKey = ['-cipher', 'PSK-AES128-CBC-SHA:@SECLEVEL=0', '-psk', key];

/** Many conversations wait for a timer at the same time. */
const atOnce = 16;

for (const [version, flag] of [
  ['DTLSv1', '-dtls1'],
  ['DTLSv1.2', '-dtls1_2'],
] as const) {
  for (const kind of ['certificate', 'client certificate', 'key', 'resumption'] as const) {
    test(`${version} with ${kind}: each message lost, late or doubled, and openssl is served`, { skip }, async (t) => {
      const program = await started(t, ...(kind === 'client certificate' ? ['-verify', '1'] : []));
      const words = [flag, ...(await wordsOf(t, kind, [flag], program.port))];
      const whole = new MessageFault();
      await converses(program, (...it) => whole.deliveries(...it), words, 'the whole');
      const trials = faults.flatMap((fault) => whole.messages.map((message, at) => ({ fault, message, at })));
      const failures: string[] = [];
      await inParallel(trials, async ({ fault, message, at }) => {
        const bad = new MessageFault(at, fault);
        const { out } = await converses(program, (...it) => bad.deliveries(...it), words, `${fault} ${at}`);
        if (!isServed(out, version, kind === 'resumption')) failures.push(`${fault}: ${message}`);
      });
      await program.prints(new RegExp(trials.map(({ fault, at }) => `(?=[^]*^${fault} ${at}$)`).join(''), 'm'));
      t.diagnostic(`${version}, ${kind}: ${trials.length - failures.length} of ${trials.length}`);
      assert.deepEqual(failures, []);
    });
  }
}

test('at 20 % loss and 10 % reordering each way 50 of 50 clients are served', { skip }, async (t) => {
  const program = await started(t);
  const failures: string[] = [];
  const trials = Array.from({ length: 50 }, (_, at) => at);
  await inParallel(trials, async (at) => {
    const random = numbersFrom(at);
    const delivers: Delivers = (datagram) => {
      if (random() < 0.2) return [];
      return [{ datagram, delay: random() < 0.1 ? 100 : 0 }];
    };
    const { out, err } = await converses(program, delivers, ['-dtls1_2', ...withCertificate], `trial ${at}`);
    if (!isServed(out, 'DTLSv1.2', false)) failures.push(`${at}: ${err}`);
  });
  t.diagnostic(`${trials.length - failures.length} of ${trials.length}`);
  assert.deepEqual(failures, []);
});

async function started(t: TestContext, ...words: readonly string[]): Promise<Program> {
  const files = certificateFiles(t, 'RSA');
  return Program.start(t, '-dtls', '-psk', key, '-cipher', 'ALL:@SECLEVEL=0', ...files.words, ...words);
}

async function wordsOf(t: TestContext, kind: string, version: readonly string[], port: number) {
  if (kind === 'key') return withKey;
  if (kind === 'client certificate') return [...withCertificate, ...certificateFiles(t, 'RSA').words];
  if (kind === 'certificate') return withCertificate;
  const session = join(folder(t), 'session.pem');
  await talks(port, [...version, ...withCertificate, '-sess_out', session], 'the first');
  return [...withCertificate, '-sess_in', session];
}

function isServed(out: string, version: string, resumed: boolean): boolean {
  return new RegExp(`^${resumed ? 'Reused' : 'New'}, [^]*Protocol  : ${version}\\n`, 'm').test(out);
}

/** converses says `text` over a link of its own. */
async function converses(program: Program, delivers: Delivers, words: readonly string[], text: string) {
  const ends: (() => Promise<void>)[] = [];
  const cleanup: Cleanup = { after: (end) => ends.push(end) };
  const port = await faultyLink(cleanup, program.port, delivers);
  const outcome = await talks(port, words, text);
  for (const end of ends) await end();
  return outcome;
}

function talks(port: number, words: readonly string[], text: string): Promise<Outcome> {
  return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...words], `${text}\nQ\n`);
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** numbersFrom returns a source of numbers from 0 to 1, the same ones for the same seed. */
function numbersFrom(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x100000000;
  };
}
