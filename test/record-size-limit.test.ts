import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Session } from '../src/sessions/session.ts';
import { certificateFiles } from './certificates.ts';
import { installed, run } from './clients.ts';
import { Recorded, settingsOf } from './conversation.ts';
import { earlyFlight } from './early-flight.ts';
import { surroundingsKnown } from './known-surroundings.ts';
import { Program } from './program.ts';
import { sealedSession } from './sealed-session.ts';

const tag = 16;

const session: Session = {
  version: 0x0304,
  cipherSuite: 0x1301,
  id: new Uint8Array(0),
  secret: new Uint8Array(32).fill(8),
  idContext: Uint8Array.of(1, 0, 0, 0),
  time: 1_700_000_000,
  timeout: 7200,
  verifyResult: 0,
  ticketLifetimeHint: 0,
  ticketAgeAdd: 0,
  compression: 0,
  extendedMasterSecret: false,
  maxEarlyData: 16384,
  maxFragmentLength: 0,
  group: 0x1d,
};

interface Case {
  readonly words: readonly string[];
  readonly recordSizeLimit?: number;
  readonly text?: string;
}

/** played plays a client with early data against the engine; it returns the lengths of the protected records sent. */
async function played(t: Parameters<typeof certificateFiles>[0], { words, recordSizeLimit, text = 'x' }: Case) {
  const certificate = certificateFiles(t, 'Ed25519');
  const settings = await settingsOf('-early_data', '-no_anti_replay', ...words, ...certificate.words);
  const lengths: number[] = [];
  const recorded = new Recorded({
    settings,
    surroundings: surroundingsKnown(),
    observer: {
      record(way, header, type) {
        if (way === 'write' && type === 23) lengths.push((header[3] ?? 0) * 256 + (header[4] ?? 0) - tag);
      },
    },
  });
  const ticket = sealedSession(settings, session);
  const limit = recordSizeLimit === undefined ? {} : { recordSizeLimit };
  for (const record of earlyFlight({ session, ticket, ticketAge: 0, texts: [text], ...limit }))
    recorded.engine.feed(record);
  const [ending] = recorded.endings;
  return {
    lengths,
    early: recorded.early.length,
    problem: ending?.how === 'failed' ? ending.problem.problem : undefined,
  };
}

test('records are as short as the client asks, type and padding included, where the option is given', async (t) => {
  const words = ['-record_size_limit', '16385', '-record_padding', '512'];
  const { lengths } = await played(t, { words, recordSizeLimit: 64 });
  assert.ok(lengths.length > 1 && lengths.every((length) => length <= 64), lengths.join(' '));
  const { lengths: without } = await played(t, { words: [], recordSizeLimit: 64 });
  assert.equal(without.length, 2);
});

test('a client that asks for less than 64 bytes is refused, or ignored without the option', async (t) => {
  const words = ['-record_size_limit', '100'];
  assert.equal((await played(t, { words, recordSizeLimit: 63 })).problem, 'badExtension');
  assert.equal((await played(t, { words: [], recordSizeLimit: 63 })).problem, undefined);
});

test('longer records than we have said are refused of a client that knows the extension', async (t) => {
  const words = ['-record_size_limit', '100'];
  const fits = await played(t, { words, recordSizeLimit: 1000, text: 'x'.repeat(99) });
  assert.deepEqual([fits.early, fits.problem], [1, undefined]);
  const long = await played(t, { words, recordSizeLimit: 1000, text: 'x'.repeat(100) });
  assert.deepEqual([long.early, long.problem], [0, 'dataLengthTooLong']);
  assert.equal((await played(t, { words, text: 'x'.repeat(100) })).problem, undefined);
});

const skip = installed('gnutls-cli') === undefined && 'gnutls-cli is not installed';

test('gnutls-cli keeps to the limit in TLS 1.2 and TLS 1.3', { skip }, async (t) => {
  const program = await Program.start(t, '-www', '-record_size_limit', '512', ...certificateFiles(t, 'P-256').words);
  const request = `GET / HTTP/1.0\r\nX: ${'x'.repeat(3000)}\r\n\r\n`;
  for (const version of ['1.2', '1.3']) {
    const priority = `NORMAL:-VERS-ALL:+VERS-TLS${version}`;
    const words = ['--insecure', '--priority', priority, '--port', `${program.port}`, '127.0.0.1'];
    const { out } = await run('gnutls-cli', words, request);
    assert.match(out, new RegExp(`^New, TLSv${version.replace('.', '\\.')}`, 'm'));
  }
});
