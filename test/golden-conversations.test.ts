import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConnectionOptions } from 'node:tls';
import { hex } from '../src/bytes/hex.ts';
import { DatagramChannel } from '../src/connection/datagram-channel.ts';
import { joinObservers } from '../src/connection/observer.ts';
import type { TlsEngineOptions } from '../src/connection/tls-engine.ts';
import { stateLines } from '../src/diagnostics/handshake/state-lines.ts';
import { messageDump } from '../src/diagnostics/message-dump.ts';
import { protocolTrace } from '../src/diagnostics/trace/trace.ts';
import { transportDump } from '../src/diagnostics/transport-dump.ts';
import { ConnectionFacts } from '../src/facts/connection-facts.ts';
import { FactStream } from '../src/facts/fact-stream.ts';
import type { SessionInfo } from '../src/handshake/flow/session-info.ts';
import { TicketKeys } from '../src/sessions/ticket-keys.ts';
import { DatagramWire } from './client-wires.ts';
import { converse, Recorded, settingsOf } from './conversation.ts';
import { checked } from './facts.ts';
import { seeded, surroundingsKnown } from './known-surroundings.ts';
import { PskClient } from './psk-client.ts';

// What clients have said once, a list of pieces a version, and beside it what each dump makes of the conversation.
// UPDATE_CONVERSATIONS=1 records what is missing and writes the dumps anew, to be read then.
const recordings = 'test/golden/conversations';
const update = process.env.UPDATE_CONVERSATIONS !== undefined;

const identity = ['-cert', join(recordings, 'certificate.pem'), '-key', 'test/vectors/keys/RSA.pem'];
const question = 'What time is it?\n';
const answer = 'Time to go.\n';

type Server = Omit<TlsEngineOptions, 'doors'>;

interface Conversation {
  readonly name: string;
  readonly words: readonly string[];
  /** Options of Node's client; without them it is one over DTLS with a PSK. */
  readonly client?: ConnectionOptions;
}

const conversations: readonly Conversation[] = [
  {
    name: 'tls10',
    words: [...identity, '-tls1', '-cipher', 'ALL:@SECLEVEL=0'],
    client: { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ECDHE-RSA-AES128-SHA:@SECLEVEL=0' },
  },
  {
    name: 'tls11',
    words: [...identity, '-tls1_1', '-cipher', 'ALL:@SECLEVEL=0'],
    client: { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ECDHE-RSA-AES128-SHA:@SECLEVEL=0' },
  },
  { name: 'tls12', words: [...identity, '-tls1_2'], client: { ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' } },
  { name: 'tls13', words: [...identity, '-tls1_3'], client: { ecdhCurve: 'X25519:P-256' } },
  { name: 'dtls12', words: ['-dtls1_2', '-nocert', '-psk', '0badcafe', '-cipher', 'PSK-AES128-GCM-SHA256'] },
];

for (const conversation of conversations) {
  test(`every dump of a conversation in ${conversation.name} is what it was`, async () => {
    const folder = join(recordings, conversation.name);
    const pieces = await piecesOf(conversation, join(folder, 'client.json'));
    const dumps = told(await serverOf(conversation), pieces);
    for (const [name, text] of Object.entries(dumps)) {
      const file = join(folder, name);
      if (update) writeFileSync(file, text);
      assert.equal(text, readFileSync(file, 'utf8'), file);
    }
    for (const line of dumps['json.txt'].trimEnd().split('\n')) checked(JSON.parse(line), line);
  });
}

async function serverOf({ words, client }: Conversation): Promise<Server> {
  const settings = { ...(await settingsOf(...words)), ticketKeys: new TicketKeys(seeded('tickets')) };
  const surroundings = surroundingsKnown(seeded('a conversation'));
  return client ? { settings, surroundings } : { settings, surroundings, channel: (it) => new DatagramChannel(it) };
}

/** piecesOf is what the client said, in the pieces that arrived. */
async function piecesOf(conversation: Conversation, file: string): Promise<readonly Uint8Array[]> {
  if (update && !existsSync(file)) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, `${JSON.stringify((await recorded(conversation)).map(hex), undefined, 2)}\n`);
  }
  const pieces: readonly string[] = JSON.parse(readFileSync(file, 'utf8'));
  return pieces.map((piece) => Buffer.from(piece, 'hex'));
}

async function recorded(conversation: Conversation): Promise<readonly Uint8Array[]> {
  const server = await serverOf(conversation);
  if (conversation.client === undefined) return overDatagrams(server);
  const pieces: Uint8Array[] = [];
  const cut = (bytes: Uint8Array, to: 'server' | 'client') => {
    if (to === 'server') pieces.push(Uint8Array.from(bytes));
    return [bytes];
  };
  await converse({ server, client: conversation.client, question, answer, cut });
  return pieces;
}

function overDatagrams(server: Server): readonly Uint8Array[] {
  const engine = new Recorded(server);
  const said: Uint8Array[] = [];
  const send = (datagram: Uint8Array) => said.push(Uint8Array.from(datagram));
  const client = new PskClient(Buffer.from('0badcafe', 'hex'), new DatagramWire({ room: 1400, now: () => 0, send }));
  client.hello();
  let heard = 0;
  for (let fed = 0; fed < said.length; fed++) {
    engine.engine.feed(said[fed] ?? none);
    while (heard < engine.sent.length) client.receive(engine.sent[heard++] ?? none);
  }
  return said;
}

const dumpNames = ['msg.txt', 'trace.txt', 'debug.txt', 'state.txt', 'json.txt'] as const;

/** told has the conversation again, and returns what each dump prints of it. */
function told(server: Server, pieces: readonly Uint8Array[]): Readonly<Record<(typeof dumpNames)[number], string>> {
  const lines: Record<(typeof dumpNames)[number], string[]> = {
    ...{ 'msg.txt': [], 'trace.txt': [], 'debug.txt': [], 'state.txt': [], 'json.txt': [] },
  };
  const into = (name: (typeof dumpNames)[number]) => (text: string) => void lines[name].push(text);
  const facts = factsInto((line) => into('json.txt')(`${line}\n`), server.channel ? 'udp' : 'tcp');
  const observer = joinObservers([
    messageDump(into('msg.txt')),
    protocolTrace(into('trace.txt'), 'reference'),
    transportDump({ out: into('debug.txt'), late: into('debug.txt'), connection: 0 }),
    stateLines(into('state.txt')),
    facts.observer,
  ]);
  const peer = new Told({ ...server, observer }, facts);
  for (const piece of pieces) {
    facts.arrived(piece.length);
    peer.engine.feed(piece);
    if (peer.receivedText === question) peer.engine.write(Buffer.from(answer));
  }
  peer.engine.shutdown();
  peer.engine.end();
  assert.ok(peer.info, 'the handshake was done');
  facts.closed({ bytesIn: Buffer.concat(pieces).length, bytesOut: peer.sentBytes.length });
  const texts = dumpNames.map((name) => [name, lines[name].join('')]);
  return Object.fromEntries(texts);
}

/** factsInto writes every fact, whose time stands still. */
function factsInto(write: (line: string) => void, transport: 'tcp' | 'udp'): ConnectionFacts {
  const stream = new FactStream({
    emit: (fact) => write(JSON.stringify(fact)),
    with: { bytes: true, records: true, data: true, secrets: true },
    now: () => 0,
  });
  const [remote, local] = [50_000, 4433].map((port) => ({ address: '127.0.0.1', port }));
  return new ConnectionFacts(stream, 1, { remote: remote ?? null, local: local ?? null, transport });
}

class Told extends Recorded {
  private readonly facts: ConnectionFacts;

  constructor(server: Server, facts: ConnectionFacts) {
    super(server);
    this.facts = facts;
  }

  override established(info: SessionInfo): void {
    super.established(info);
    this.facts.established(info);
  }
}

const none = new Uint8Array(0);
