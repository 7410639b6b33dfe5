import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { certificateFiles } from './certificates.ts';
import { Recorded, settingsOf } from './conversation.ts';
import { type KnownKey, PskClient13 } from './psk-client13.ts';

const identity = Buffer.from('Client_identity');
const key = '0123456789abcdef0123456789abcdef';
let settings: Settings;

before(async () => {
  const { words } = certificateFiles({ after: () => {} }, 'P-256');
  settings = await settingsOf('-early_data', '-no_anti_replay', '-psk', key, ...words);
});

/** An application that answers early data at once. */
class Answering extends Recorded {
  readonly told: string[] = [];

  override writable(): void {
    this.told.push('writable');
  }

  override earlyData(plaintext: Uint8Array): void {
    this.told.push('early data');
    this.engine.write(Buffer.concat([Buffer.from('answer to '), plaintext]));
  }
}

/** A client and its server. Nothing passes by itself: `toServer` and `toClient` say how much. */
function pair(known: KnownKey) {
  const fromClient: Uint8Array[] = [];
  const client = new PskClient13(known, (bytes) => fromClient.push(Uint8Array.from(bytes)));
  const server = new Answering({ settings });
  const toServer = () => {
    for (const bytes of fromClient.splice(0)) server.engine.feed(bytes);
  };
  const toClient = () => {
    for (const bytes of server.sent.splice(0)) client.receive(bytes);
  };
  return { client, server, toServer, toClient };
}

function established({ info }: Recorded): Recorded['info'] {
  return info;
}

function ticket(): KnownKey {
  const external = { identity, secret: Buffer.from(key, 'hex'), binder: 'ext binder', ageAdd: 0 } as const;
  const { client, toServer, toClient } = pair(external);
  client.hello();
  for (const pass of [toServer, toClient, toServer, toClient]) pass();
  const [first] = client.tickets;
  assert.ok(first);
  return first;
}

test('early data is answered before the handshake is done', () => {
  const { client, server, toServer, toClient } = pair(ticket());
  client.hello('question');
  toServer();
  toClient();
  assert.equal(established(server), undefined);
  assert.deepEqual(server.told, ['writable', 'early data']);
  assert.deepEqual(client.received, ['answer to question']);
  toServer();
  toClient();
  assert.equal(established(server)?.earlyData, 'accepted');
  assert.equal(client.tickets.length, 1);
});

test('an end that is said before the handshake is done comes after its tickets', () => {
  const { client, server, toServer, toClient } = pair(ticket());
  client.hello('question');
  toServer();
  server.engine.shutdown();
  toClient();
  assert.deepEqual(client.received, ['answer to question']);
  assert.deepEqual(client.alerts, []);
  toServer();
  toClient();
  assert.equal(client.tickets.length, 1);
  assert.deepEqual(client.alerts, ['1 0']);
});

test('without early data nothing is sent before the handshake is done', () => {
  const { client, server, toServer, toClient } = pair(ticket());
  client.hello();
  toServer();
  server.engine.write(Buffer.from('too early'));
  toClient();
  assert.deepEqual(client.received, []);
  assert.deepEqual(server.told, []);
  toServer();
  toClient();
  assert.deepEqual(client.received, ['too early']);
});
