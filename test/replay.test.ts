import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Arbitrary, array, asyncProperty, assert as check, integer, nat, option, record } from 'fast-check';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { MemorySessionStore } from '../src/sessions/memory-session-store.ts';
import { ReplayGuard } from '../src/sessions/replay-guard.ts';
import type { Session } from '../src/sessions/session.ts';
import type { SessionStore } from '../src/sessions/session-store.ts';
import { certificateFiles } from './certificates.ts';
import { Recorded, settingsOf } from './conversation.ts';
import { earlyFlight } from './early-flight.ts';
import { surroundingsKnown } from './known-surroundings.ts';
import { sealedSession } from './sealed-session.ts';

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

const identity = ['-early_data', '-num_tickets', '0'];

async function settingsWith(stores: Stores, words: readonly string[]): Promise<Settings> {
  return fresh(await settingsOf(...identity, ...words), stores);
}

/** fresh is the same server before the first connection. A late store answers after so many turns. */
function fresh(settings: Settings, stores: Stores, turns = 1): Settings {
  const memory = new MemorySessionStore({
    capacity: 10,
    now: () => now / 1000,
    statistics: settings.statistics,
  });
  memory.put(session);
  const late: SessionStore = {
    size: 1,
    get: async (id) => {
      for (let turn = 1; turn < turns; turn++) await Promise.resolve();
      return memory.get(id);
    },
    put: (it) => memory.put(it),
    remove: (id) => {
      if (stores === 'late') memory.remove(id);
    },
  };
  const replayGuard = new ReplayGuard({ capacity: 100, window: 60_000 });
  const earlyData = { accepts: true, max: 16384, receiveMax: 16384, replayGuard };
  return { ...settings, sessions: stores === 'at once' ? memory : late, earlyData };
}

/**
 * interleavings yields every order in which the pieces of several connections can arrive: the connection of each piece.
 */
function* interleavings(left: readonly number[]): Generator<readonly number[]> {
  if (left.every((count) => count === 0)) yield [];
  for (const [connection, count] of left.entries()) {
    if (count === 0) continue;
    const rest = left.map((it, index) => (index === connection ? it - 1 : it));
    for (const order of interleavings(rest)) yield [connection, ...order];
  }
}

/** cut splits the flight into pieces: the hello, perhaps in two, and the data. */
function cut(pieces: number): readonly Uint8Array[] {
  const [hello = new Uint8Array(0), data = new Uint8Array(0)] = flight;
  return pieces === 3 ? [hello.subarray(0, 50), hello.subarray(50), data] : [hello, data];
}

/** Results of this file's tests, printed at their end. */
const table: string[] = [row('store answers', 'copies', 'pieces', 'runs', 'accepted', 'refused')];

function row(...cells: readonly (string | number)[]): string {
  return cells.map((cell, index) => (index === 0 ? `${cell}`.padEnd(20) : `${cell}`.padStart(9))).join('');
}

for (const stores of ['at once', 'late', 'late and forgetful'] as const) {
  test(`of all copies of a flight one is taken, in every order, with a store that answers ${stores}`, async (t) => {
    const { words } = certificateFiles(t, 'Ed25519');
    const settings = await settingsOf(...identity, ...words);
    for (const [copies, pieces] of [
      [2, 2],
      [2, 3],
      [3, 2],
    ] as const) {
      let orders = 0;
      let accepted = 0;
      for (const order of interleavings(Array.from({ length: copies }, () => pieces))) {
        const taken = await play(fresh(settings, stores), order, cut(pieces));
        const count = taken.filter(Boolean).length;
        assert.equal(count, 1, `order ${order.join(' ')}`);
        orders++;
        accepted += count;
      }
      table.push(row(stores, copies, pieces, orders, accepted, orders * copies - accepted));
    }
  });

  test(`however copies are cut, ordered, delayed and broken off, at most one is taken from a store that answers ${stores}`, async (t) => {
    const { words } = certificateFiles(t, 'Ed25519');
    const settings = await settingsOf(...identity, ...words);
    const counts = { runs: 0, copies: 0, accepted: 0 };
    await check(
      asyncProperty(attack, async (it) => {
        const taken = await playAttack(fresh(settings, stores, it.storeTurns), it);
        const count = taken.filter(Boolean).length;
        assert.ok(count <= 1, `${count} were taken`);
        // A copy that breaks off may use up the ticket; without one, exactly one copy must be accepted.
        if (it.copies.every(({ quitsAfter }) => quitsAfter === undefined)) assert.equal(count, 1);
        counts.runs++;
        counts.copies += it.copies.length;
        counts.accepted += count;
      }),
      { numRuns: 150, seed: 8446 },
    );
    table.push(row(stores, '2 to 5', 'any', counts.runs, counts.accepted, counts.copies - counts.accepted));
  });
}

test('the table of what was accepted and refused', (t) => {
  for (const line of table) t.diagnostic(line);
  assert.equal(table.length, 1 + 3 * 4);
});

/** Attack is copies of one flight, with the treatment of each. */
interface Attack {
  readonly copies: readonly {
    /** Positions at which the bytes are cut. */
    readonly cuts: readonly number[];
    /** Pieces after which the connection ends. */
    readonly quitsAfter: number | undefined;
  }[];
  /** The copy whose piece comes next, and the turns before it; the remaining pieces come in order. */
  readonly steps: readonly { readonly copy: number; readonly turns: number }[];
  readonly storeTurns: number;
}

const flightLength = flight.reduce((sum, { length }) => sum + length, 0);

const attack: Arbitrary<Attack> = record({
  copies: array(
    record({
      cuts: array(integer({ min: 1, max: flightLength - 1 }), { maxLength: 5 }),
      quitsAfter: option(nat(4), { nil: undefined, freq: 4 }),
    }),
    { minLength: 2, maxLength: 5 },
  ),
  steps: array(record({ copy: nat(4), turns: nat(4) }), { maxLength: 30 }),
  storeTurns: integer({ min: 1, max: 6 }),
});

async function playAttack(settings: Settings, { copies, steps }: Attack): Promise<boolean[]> {
  const bytes = Buffer.concat(flight);
  const surroundings = surroundingsKnown();
  const connections = copies.map(({ cuts, quitsAfter }) => {
    const ends = [...new Set(cuts), bytes.length].sort((a, b) => a - b);
    const pieces = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
    const recorded = new Recorded({ settings, surroundings });
    const left = quitsAfter === undefined ? pieces : pieces.slice(0, quitsAfter);
    return { recorded, left, quits: quitsAfter !== undefined };
  });
  const last = connections.flatMap(({ left }, copy) => left.map(() => ({ copy, turns: 0 })));
  for (const { copy, turns } of [...steps, ...last]) {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    const connection = connections[copy];
    const piece = connection?.left.shift();
    if (connection === undefined || piece === undefined) continue;
    connection.recorded.engine.feed(piece);
    if (connection.quits && connection.left.length === 0) connection.recorded.engine.end();
  }
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  return connections.map(({ recorded }) => Buffer.concat(recorded.early).toString() === text);
}

/** play returns which connections' data was accepted. */
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
  const ticket = sealedSession(settings, session);
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
