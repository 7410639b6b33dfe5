import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Settings } from '../src/handshake/settings.ts';
import { MemorySessionStore } from '../src/sessions/memory-session-store.ts';
import { ReplayGuard } from '../src/sessions/replay-guard.ts';
import type { Session } from '../src/sessions/session.ts';
import { sessionToDer } from '../src/sessions/session-der.ts';
import type { SessionStore } from '../src/sessions/session-store.ts';
import { certificateFiles } from './certificates.ts';
import { Recorded, settingsOf } from './conversation.ts';
import { earlyFlight } from './early-flight.ts';
import { surroundingsKnown } from './known-surroundings.ts';

const now = 1_700_000_000_000;
const text = 'pay 100 to Bob\n';

const session: Session = {
  version: 0x0304,
  cipherSuite: 0x1301,
  id: new Uint8Array(32).fill(7),
  secret: new Uint8Array(32).fill(8),
  idContext: Uint8Array.of(1, 0, 0, 0),
  time: now / 1000 - 5,
  timeout: 7200,
  verifyResult: 0,
  ticketLifetimeHint: 0,
  ticketAgeAdd: 12345,
  compression: 0,
  extendedMasterSecret: false,
  maxEarlyData: 16384,
  maxFragmentLength: 0,
  group: 0x1d,
};

const flight = earlyFlight({ session, ticket: session.id, ticketAge: 5000, texts: [text] });

type Stores = 'at once' | 'late' | 'late and forgetful';

async function settingsWith(stores: Stores, words: readonly string[]): Promise<Settings> {
  const settings = await settingsOf('-early_data', '-num_tickets', '0', ...words);
  const { statistics } = settings;
  const memory = new MemorySessionStore({ capacity: 10, now: () => now / 1000, statistics });
  memory.put(session);
  const late: SessionStore = {
    size: 1,
    get: (id) => Promise.resolve(memory.get(id)),
    put: (it) => memory.put(it),
    remove: (id) => {
      if (stores === 'late') memory.remove(id);
    },
  };
  const replayGuard = new ReplayGuard({ capacity: 100, window: 60_000 });
  const earlyData = { accepts: true, max: 16384, receiveMax: 16384, replayGuard };
  return { ...settings, sessions: stores === 'at once' ? memory : late, earlyData };
}

/** Every order in which the pieces of several connections can arrive: the connection of each piece. */
function* interleavings(left: readonly number[]): Generator<readonly number[]> {
  if (left.every((count) => count === 0)) yield [];
  for (const [connection, count] of left.entries()) {
    if (count === 0) continue;
    const rest = left.map((it, index) => (index === connection ? it - 1 : it));
    for (const order of interleavings(rest)) yield [connection, ...order];
  }
}

/** What arrives together: the hello broken in two, and then the data. */
function cut(pieces: number): readonly Uint8Array[] {
  const [hello = new Uint8Array(0), data = new Uint8Array(0)] = flight;
  return pieces === 3 ? [hello.subarray(0, 50), hello.subarray(50), data] : [hello, data];
}

for (const stores of ['at once', 'late', 'late and forgetful'] as const) {
  test(`of all copies of a flight one is taken, in every order, with a store that answers ${stores}`, async (t) => {
    const { words } = certificateFiles(t, 'Ed25519');
    const { credentials } = await settingsOf(...words);
    for (const [copies, pieces] of [
      [2, 2],
      [2, 3],
      [3, 2],
    ] as const) {
      let orders = 0;
      let accepted = 0;
      let refused = 0;
      for (const order of interleavings(Array.from({ length: copies }, () => pieces))) {
        const taken = await play({ ...(await settingsWith(stores, ['-nocert'])), credentials }, order, cut(pieces));
        assert.equal(taken.filter(Boolean).length, 1, `order ${order.join(' ')}`);
        orders++;
        accepted += 1;
        refused += copies - 1;
      }
      t.diagnostic(`${copies} copies in ${pieces} pieces: ${orders} orders, accepted ${accepted}, refused ${refused}`);
    }
  });
}

/** Which connections' data was taken. */
async function play(settings: Settings, order: readonly number[], pieces: readonly Uint8Array[]): Promise<boolean[]> {
  const copies = Math.max(...order) + 1;
  const surroundings = surroundingsKnown();
  const connections = Array.from({ length: copies }, () => new Recorded({ settings, surroundings }));
  const next = connections.map(() => 0);
  for (const connection of order) {
    const at = next[connection] ?? 0;
    next[connection] = at + 1;
    connections[connection]?.engine.feed(pieces[at] ?? new Uint8Array(0));
  }
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  return connections.map(({ early, endings }) => {
    assert.deepEqual(endings, []);
    return Buffer.concat(early).toString() === text;
  });
}

test('without replay protection every copy is taken', async (t) => {
  const settings = await settingsOf('-early_data', '-no_anti_replay', ...certificateFiles(t, 'Ed25519').words);
  const ticket = settings.ticketKeys.seal(sessionToDer(session));
  const records = earlyFlight({ session, ticket, ticketAge: 5000, texts: [text] });
  assert.deepEqual(await play(settings, [0, 0, 1, 1], records), [true, true]);
});

test('a flight whose ticket is too young or too old for the server is not taken', async (t) => {
  const { words } = certificateFiles(t, 'Ed25519');
  for (const ticketAge of [0, 5000 + 1001 + 10_000, 5000 + 1001]) {
    const records = earlyFlight({ session, ticket: session.id, ticketAge, texts: [text] });
    const [taken] = await play(await settingsWith('at once', words), [0, 0], records);
    assert.equal(taken, ticketAge === 0, `${ticketAge} ms`);
  }
});

test('what is rejected is skipped up to the limit, with and without a HelloRetryRequest', async (t) => {
  const { words } = certificateFiles(t, 'Ed25519');
  const settings = await settingsOf('-recv_max_early_data', '100', ...words);
  for (const share of [undefined, 'missing'] as const) {
    const texts = ['x'.repeat(50), 'y'.repeat(50), 'z'.repeat(50)];
    const records = earlyFlight({ session, ticket: session.id, ticketAge: 5000, texts, ...(share && { share }) });
    const recorded = new Recorded({ settings, surroundings: surroundingsKnown() });
    for (const record of records.slice(0, 3)) recorded.engine.feed(record);
    assert.deepEqual([recorded.endings, recorded.early], [[], []]);
    recorded.engine.feed(records[3] ?? new Uint8Array(0));
    const [ending] = recorded.endings;
    assert.equal(ending?.how === 'failed' && ending.problem.problem, 'tooMuchEarlyData');
  }
});

test('more than the ticket allows is an error, up to it is taken', async (t) => {
  const settings = await settingsWith('at once', certificateFiles(t, 'Ed25519').words);
  settings.sessions.put({ ...session, maxEarlyData: 20 });
  const texts = ['x'.repeat(10), 'y'.repeat(10), 'z'];
  const records = earlyFlight({ session, ticket: session.id, ticketAge: 5000, texts });
  const recorded = new Recorded({ settings, surroundings: surroundingsKnown() });
  for (const record of records) recorded.engine.feed(record);
  assert.equal(Buffer.concat(recorded.early).toString(), 'x'.repeat(10) + 'y'.repeat(10));
  const [ending] = recorded.endings;
  assert.equal(ending?.how === 'failed' && ending.problem.problem, 'tooMuchEarlyData');
});

test('a spoilt record of accepted early data ends the conversation, one of rejected data is skipped', async (t) => {
  const { words } = certificateFiles(t, 'Ed25519');
  for (const accepts of [true, false]) {
    const settings = await settingsWith('at once', words);
    const { earlyData } = settings;
    const recorded = new Recorded({
      settings: { ...settings, ...(earlyData && { earlyData: { ...earlyData, accepts } }) },
      surroundings: surroundingsKnown(),
    });
    const [hello = new Uint8Array(0), record = new Uint8Array(0)] = flight;
    const spoilt = Uint8Array.from(record);
    spoilt[10] = (spoilt[10] ?? 0) ^ 1;
    recorded.engine.feed(hello);
    recorded.engine.feed(spoilt);
    const [ending] = recorded.endings;
    const problem = ending?.how === 'failed' ? ending.problem.problem : undefined;
    assert.equal(problem, accepts ? 'decryptionFailedOrBadRecordMac' : undefined);
    assert.deepEqual(recorded.early, []);
  }
});
