import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { hex } from '../src/bytes/hex.ts';
import { DatagramChannel } from '../src/connection/datagram-channel.ts';
import { joinObservers } from '../src/connection/observer.ts';
import { extensionLines } from '../src/diagnostics/handshake/extension-lines.ts';
import { securityLines } from '../src/diagnostics/handshake/security-lines.ts';
import { stateLines } from '../src/diagnostics/handshake/state-lines.ts';
import { messageDump } from '../src/diagnostics/message-dump.ts';
import { protocolTrace } from '../src/diagnostics/trace/trace.ts';
import { transportDump } from '../src/diagnostics/transport-dump.ts';
import { Capture } from '../src/facts/capture/capture.ts';
import type { CapturedConnection } from '../src/facts/capture/captured-connection.ts';
import { fileHeader } from '../src/facts/capture/pcapng.ts';
import { ConnectionFacts } from '../src/facts/connection-facts.ts';
import { FactStream } from '../src/facts/fact-stream.ts';
import type { SessionInfo } from '../src/handshake/flow/session-info.ts';
import { keyLogLine } from '../src/keys/key-log-line.ts';
import { TicketKeys } from '../src/sessions/ticket-keys.ts';
import { Recorded, settingsOf } from './conversation.ts';
import { factsIn } from './facts.ts';
import { seeded, surroundingsKnown } from './known-surroundings.ts';
import {
  answer,
  datagramClient,
  nodeClient,
  pskClient,
  question,
  type Recording,
  type Server,
  ssl3Client,
} from './recordings.ts';

// What clients have said once, a list of pieces a version, and beside it what each dump makes of the conversation.
// UPDATE_CONVERSATIONS=1 records what is missing and writes the dumps anew, to be read then.
const recordings = 'test/golden/conversations';
const update = process.env.UPDATE_CONVERSATIONS !== undefined;

const identity = ['-cert', join(recordings, 'certificate.pem'), '-key', 'test/vectors/keys/RSA.pem'];
interface Conversation {
  readonly name: string;
  readonly words: readonly string[];
  readonly recorded: Recording;
  readonly overDatagrams?: true;
}

const conversations: readonly Conversation[] = [
  { name: 'ssl30', words: [...identity, '-ssl3', '-cipher', 'ALL:@SECLEVEL=0'], recorded: ssl3Client },
  {
    name: 'tls10',
    words: [...identity, '-tls1', '-cipher', 'ALL:@SECLEVEL=0'],
    recorded: nodeClient({ minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ECDHE-RSA-AES128-SHA:@SECLEVEL=0' }),
  },
  {
    name: 'tls11',
    words: [...identity, '-tls1_1', '-cipher', 'ALL:@SECLEVEL=0'],
    recorded: nodeClient({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ECDHE-RSA-AES128-SHA:@SECLEVEL=0' }),
  },
  { name: 'tls12', words: [...identity, '-tls1_2'], recorded: nodeClient({ ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }) },
  { name: 'tls13', words: [...identity, '-tls1_3'], recorded: nodeClient({ ecdhCurve: 'X25519:P-256' }) },
  {
    name: 'dtls10',
    words: [...identity, '-dtls1', '-cipher', 'ALL:@SECLEVEL=0'],
    recorded: datagramClient('-dtls1', '-cipher', 'ECDHE-RSA-AES128-SHA:@SECLEVEL=0'),
    overDatagrams: true,
  },
  {
    name: 'dtls12',
    words: ['-dtls1_2', '-nocert', '-psk', '0badcafe', '-cipher', 'PSK-AES128-GCM-SHA256'],
    recorded: pskClient,
    overDatagrams: true,
  },
];

for (const conversation of conversations) {
  test(`every dump of a conversation in ${conversation.name} is what it was`, async (t) => {
    const folder = join(recordings, conversation.name);
    const pieces = await piecesOf(conversation, join(folder, 'client.json'), t);
    const dumps = told(await serverOf(conversation), pieces);
    for (const [name, bytes] of Object.entries(dumps)) {
      const file = join(folder, name);
      if (update) writeFileSync(file, bytes);
      if (name.endsWith('.txt')) assert.equal(`${bytes}`, readFileSync(file, 'utf8'), file);
      else assert.deepEqual(bytes, readFileSync(file), file);
    }
    factsIn(`${dumps['json.txt']}`);
  });
}

async function serverOf({ words, overDatagrams }: Conversation): Promise<Server> {
  const settings = { ...(await settingsOf(...words)), ticketKeys: new TicketKeys(seeded('tickets')) };
  const surroundings = surroundingsKnown(seeded('a conversation'));
  return { settings, surroundings, ...(overDatagrams && { channel: (it) => new DatagramChannel(it) }) };
}

/** piecesOf is what the client said, in the pieces that arrived. */
async function piecesOf(conversation: Conversation, file: string, t: TestContext): Promise<readonly Uint8Array[]> {
  if (update && !existsSync(file)) {
    mkdirSync(join(file, '..'), { recursive: true });
    const said = await conversation.recorded(await serverOf(conversation), t);
    writeFileSync(file, `${JSON.stringify(said.map(hex), undefined, 2)}\n`);
  }
  const pieces: readonly string[] = JSON.parse(readFileSync(file, 'utf8'));
  return pieces.map((piece) => Buffer.from(piece, 'hex'));
}

const dumpNames = ['msg', 'trace', 'debug', 'state', 'tlsextdebug', 'security', 'keylog', 'json'] as const;

/** told has the conversation again, and returns the files of all dumps. */
function told(server: Server, pieces: readonly Uint8Array[]): Readonly<Record<string, Uint8Array>> {
  const lines = new Map<string, string[]>(dumpNames.map((name) => [name, []]));
  const into = (name: (typeof dumpNames)[number]) => (text: string) => void lines.get(name)?.push(text);
  const transport = server.channel ? 'udp' : 'tcp';
  const facts = factsInto((line) => into('json')(`${line}\n`), transport);
  const captured = new Captured(transport);
  const observer = joinObservers([
    messageDump(into('msg')),
    protocolTrace(into('trace'), 'reference'),
    transportDump({ out: into('debug'), late: into('debug'), connection: 0 }),
    stateLines(into('state')),
    extensionLines(into('tlsextdebug')),
    securityLines(into('security'), 'verbose'),
    { secret: (...secret) => into('keylog')(keyLogLine(...secret)) },
    facts.observer,
    captured.capture.observer(),
  ]);
  const peer = new Told({ ...server, observer }, facts, captured);
  for (const piece of pieces) {
    const asked = peer.receivedText === question;
    facts.arrived(piece.length);
    captured.connection.arrived(piece);
    peer.engine.feed(piece);
    if (!asked && peer.receivedText === question) peer.engine.write(Buffer.from(answer));
    captured.turn();
  }
  peer.engine.shutdown();
  peer.engine.end();
  assert.ok(peer.info, 'the handshake was done');
  facts.closed({ bytesIn: Buffer.concat(pieces).length, bytesOut: peer.sentBytes.length });
  const texts = dumpNames.map((name) => [`${name}.txt`, Buffer.from(lines.get(name)?.join('') ?? '')] as const);
  return { ...Object.fromEntries(texts), 'capture.pcapng': captured.end() };
}

/** Captured is a capture of one connection, whose time stands still. */
class Captured {
  readonly capture: Capture;
  readonly connection: CapturedConnection;
  private readonly blocks: Uint8Array[] = [fileHeader('s_server')];
  private due: () => void = () => {};

  constructor(transport: 'tcp' | 'udp') {
    this.capture = new Capture({
      write: (blocks) => this.blocks.push(Uint8Array.from(blocks)),
      now: () => 0,
      later: (run) => {
        this.due = run;
      },
    });
    const [client, server] = [50_000, 4433].map((port) => ({ host: '127.0.0.1', port }));
    assert.ok(client && server);
    this.connection = this.capture[transport]({ client, server });
    this.connection.opened();
  }

  /** turn ends a turn of the event loop. */
  turn(): void {
    this.due();
    this.due = () => {};
  }

  end(): Uint8Array {
    this.connection.ended('in');
    this.connection.ended('out');
    this.capture.close();
    return Buffer.concat(this.blocks);
  }
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
  private readonly captured: Captured;

  constructor(server: Server, facts: ConnectionFacts, captured: Captured) {
    super(server);
    this.facts = facts;
    this.captured = captured;
  }

  override toPeer(parts: readonly Uint8Array[]): boolean {
    for (const part of parts) this.captured.connection.sent(part);
    return super.toPeer(parts);
  }

  override established(info: SessionInfo): void {
    super.established(info);
    this.facts.established(info);
  }
}
