import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { cipherSuiteNamed } from '../src/names/cipher-suites.ts';
import type { Session } from '../src/sessions/session.ts';
import { sessionFromDer, sessionToDer } from '../src/sessions/session-der.ts';
import { TicketKeys } from '../src/sessions/ticket-keys.ts';
import { certificateFiles } from './certificates.ts';
import { converse, settingsOf } from './conversation.ts';
import { seeded } from './known-surroundings.ts';

/* Sessions whose suite is not used any more, in the hands of Node's client. */

const first = 'ECDHE-ECDSA-AES128-GCM-SHA256';
const second = 'ECDHE-ECDSA-AES256-GCM-SHA384';
let settings: Settings;

before(async () => {
  settings = await settingsOf('-www', ...certificateFiles({ after: () => {} }, 'P-256').words);
});

/** The client's part of a conversation: its suites up to TLS 1.2, the session that it wants to resume. */
interface Part {
  readonly ciphers?: string;
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3';
  readonly session?: Buffer | undefined;
}

async function talk(server: Settings, { ciphers, maxVersion = 'TLSv1.2', ...client }: Part) {
  const { report, session } = await converse({
    server: { settings: server },
    client: { maxVersion, ...(ciphers && { ciphers }), ...client },
    question: 'question',
    answer: 'answer',
  });
  return {
    session,
    suite: /CIPHER is (\S+)/.exec(report)?.[1],
    resumed: /^Reused/m.test(report),
  };
}

/** The same settings without this suite, as after a change of the configuration that keeps the keys of tickets. */
function without(name: string): Settings {
  return { ...settings, cipherSuites: settings.cipherSuites.filter((it) => it.name !== name) };
}

for (const kind of ['tickets', 'ids'] as const) {
  test(`a session by ${kind} is not resumed once its suite is turned off: a full handshake finds another`, async () => {
    const ciphers = `${first}:${second}`;
    const tickets = kind === 'tickets';
    const { session, suite } = await talk({ ...settings, tickets }, { ciphers });
    assert.ok(session);
    assert.equal(suite, first);
    const again = await talk({ ...settings, tickets }, { ciphers, session });
    assert.deepEqual([again.suite, again.resumed], [first, true]);
    const changed = await talk({ ...without(first), tickets }, { ciphers, session });
    assert.deepEqual([changed.suite, changed.resumed], [second, false]);
  });
}

/** Keys whose tickets hold sessions with something changed. */
class Changing extends TicketKeys {
  changes: Partial<Session> = {};

  override seal(plain: Uint8Array, random: (length: number) => Uint8Array): Uint8Array {
    return super.seal(sessionToDer({ ...sessionFromDer(plain), ...this.changes }), random);
  }
}

for (const [maxVersion, suite] of [
  ['TLSv1.2', 'TLS_AES_128_GCM_SHA256'],
  ['TLSv1.2', 'AES128-SHA256'],
  ['TLSv1.3', second],
  ['TLSv1.3', undefined],
] as const) {
  test(`a session of ${maxVersion} with ${suite ?? 'an unknown suite'} is not resumed`, async () => {
    const ticketKeys = new Changing(seeded('changing'));
    const server = { ...settings, ticketKeys, cipherSuites: settings.cipherSuites.filter((it) => it.name !== suite) };
    const whole = await talk(server, { maxVersion });
    assert.equal((await talk(server, { maxVersion, session: whole.session })).resumed, true);
    ticketKeys.changes = { cipherSuite: suite === undefined ? 0x7f7f : (cipherSuiteNamed(suite)?.code ?? 0) };
    const { session } = await talk(server, { maxVersion });
    assert.ok(session);
    const again = await talk(server, { maxVersion, session });
    assert.deepEqual([again.resumed, again.suite], [false, whole.suite]);
  });
}
