import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FactOf } from '../src/facts/fact.ts';
import { factDescriptions } from '../src/facts/fact.ts';
import { certificateFiles, folder } from './certificates.ts';
import { installed, opensslPage, run } from './clients.ts';
import { converse, settingsOf } from './conversation.ts';
import { factsIn, ofKind } from './facts.ts';
import { surroundingsKnown } from './known-surroundings.ts';
import { type Cleanup, Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

type Choice = FactOf<'choice'>;

/** choicesOf runs a server whose facts are in a file, and returns its choices. */
async function choicesOf(t: Cleanup, words: readonly string[], visit: (port: number) => Promise<unknown>) {
  const program = new Program(['-json', '-', ...words]);
  t.after(() => program.stop());
  await program.prints(/"fact":"listening".*\n/);
  const [listening] = ofKind(factsIn(program.out), 'listening');
  await visit(listening?.port ?? 0);
  await program.stop();
  return ofKind(factsIn(program.out), 'choice');
}

function shortly({ what, chosen, from, ours, why }: Choice) {
  return { what, chosen, from, ours, why };
}

test('a choice of each kind is told', { skip }, async (t) => {
  const session = join(folder(t), 'session');
  const words = ['-www', '-alpn', 'http/1.1', '-servername', 'b.example', ...certificateFiles(t, 'P-256').words];
  const second = certificateFiles(t, 'P-256');
  const secondWords = ['-cert2', second.certificate, '-key2', second.key, '-psk', '0badcafe'];
  const told = await choicesOf(t, [...words, ...secondWords], async (port) => {
    await opensslPage(port, ['-servername', 'b.example', '-sess_out', session]);
    await opensslPage(port, ['-sess_in', session, '-servername', 'b.example']);
    await opensslPage(port, ['-psk', '0badcafe', '-alpn', 'http/1.1']);
  });
  const { properties } = factDescriptions.choice.schema as { properties: { what: { enum: readonly string[] } } };
  assert.deepEqual([...new Set(told.map(({ what }) => what))].sort(), [...properties.what.enum].sort());
  for (const { chosen, why } of told.filter(({ what }) => what !== 'psk')) assert.ok(chosen !== null, why);
});

test('the pre-shared key is told as a choice in every version', { skip }, async (t) => {
  const file = join(folder(t), 'keys');
  writeFileSync(file, 'alice:0badcafe\n');
  const client = (port: number, ...words: readonly string[]) =>
    run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-psk', '0badcafe', ...words], 'Q\n');
  const told = await choicesOf(t, ['-nocert', '-psk_file', file], async (port) => {
    for (const version of ['-tls1_2', '-tls1_3']) {
      for (const name of ['alice', 'mallory']) await client(port, version, '-psk_identity', name);
    }
  });
  const unknown = { what: 'psk', chosen: null, from: ['mallory'], ours: [] };
  assert.deepEqual(told.filter(({ what }) => what === 'psk').map(shortly), [
    { what: 'psk', chosen: 'alice', from: ['alice'], ours: [], why: 'there is a key for it' },
    { ...unknown, why: 'none that we know' },
    { what: 'psk', chosen: 'alice', from: ['alice'], ours: [], why: 'first that we know' },
    { ...unknown, why: 'none that we know, and that goes with the suite' },
  ]);
});

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`a ticket of ${version} that is too old is told as refused`, async (t) => {
    const settings = await settingsOf('-cipher', 'DEFAULT', ...certificateFiles(t, 'P-256').words);
    const told: string[] = [];
    const observer = {
      choice: (what: string, { chosen, why }: { chosen: unknown; why: string }) => {
        if (what === 'ticket') told.push(chosen === undefined ? why : 'chosen');
      },
    };
    const client = { minVersion: version, maxVersion: version };
    const ask = { client, question: 'ask', answer: 'answer' };
    const { session } = await converse({ server: { settings, observer }, ...ask });
    assert.ok(session);
    await converse({ server: { settings, observer }, ...ask, client: { ...client, session } });
    const later = { ...surroundingsKnown(), now: () => Date.now() + 8 * 24 * 3600 * 1000 };
    await converse({ server: { settings, observer, surroundings: later }, ...ask, client: { ...client, session } });
    assert.equal(told[0], 'chosen');
    assert.match(told[1] ?? '', /too old/);
    assert.equal(told.length, 2);
  });
}
