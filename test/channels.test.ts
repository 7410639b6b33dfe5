import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import type { Channel, ChannelOptions, Departures } from '../src/connection/channel.ts';
import { DatagramChannel } from '../src/connection/datagram-channel.ts';
import { StreamChannel } from '../src/connection/stream-channel.ts';
import { greetDatagram } from '../src/handshake/carriers/datagram-greeting.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { system } from '../src/handshake/flow/surroundings.ts';
import { extendedMasterSecret } from '../src/messages/extensions/extended-master-secret.ts';
import type { Extension } from '../src/messages/extensions/extension.ts';
import { ContentType } from '../src/names/content-types.ts';
import { type ClientWire, DatagramWire, StreamWire } from './client-wires.ts';
import { Recorded, settingsOf } from './conversation.ts';
import { distorted } from './distorted.ts';
import { PskClient } from './psk-client.ts';

const key = '00112233445566778899aabbccddeeff';
const peer = '127.0.0.1:40000';

interface Transport {
  readonly name: string;
  readonly words: readonly string[];
  channel(options: ChannelOptions): Channel;
  wire(send: (bytes: Uint8Array) => void): ClientWire;
}

const transports: readonly Transport[] = [
  {
    name: 'a stream',
    words: ['-tls1_2'],
    channel: (options) => new StreamChannel(options),
    wire: (send) => new StreamWire({ send }),
  },
  {
    name: 'datagrams',
    words: ['-dtls'],
    channel: (options) => new DatagramChannel(options),
    wire: (send) => new DatagramWire({ send, now: () => now, room: 1400 }),
  },
];

const now = 1_700_000_000_000;

/** Joined is a client and an engine over one kind of transport, without losses. */
class Joined {
  readonly client: PskClient;
  readonly alerts: string[] = [];
  private readonly start: () => Recorded;
  private recorded: Recorded | undefined;
  private delivered = 0;
  private waiting: Uint8Array[] = [];

  constructor(transport: Transport, settings: Settings, wrap: (departures: Departures) => Departures = (it) => it) {
    this.start = () =>
      new Recorded({
        settings,
        surroundings: { ...system, now: () => now, random: (length) => new Uint8Array(length).fill(7), peer },
        observer: { alert: (way, level, description) => this.alerts.push(`${way} ${level} ${description}`) },
        channel: (options) => distorted(transport.channel(options), wrap),
      });
    this.client = new PskClient(
      Buffer.from(key, 'hex'),
      transport.wire((bytes) => this.waiting.push(Uint8Array.from(bytes))),
    );
    this.client.hello();
    this.run();
  }

  get server(): Recorded {
    assert.ok(this.recorded);
    return this.recorded;
  }

  get endings(): string[] {
    return this.server.endings.map((it) => (it.how === 'failed' ? it.problem.problem : it.how));
  }

  run(): void {
    for (let more = true; more; ) {
      more = false;
      for (const bytes of this.waiting.splice(0)) {
        more = true;
        this.toServer(bytes);
      }
      while (this.recorded !== undefined && this.delivered < this.recorded.sent.length) {
        more = true;
        this.client.receive(this.recorded.sent[this.delivered++] as Uint8Array);
      }
    }
  }

  /** deliver passes the client's messages to the server, without the answers. */
  deliver(): void {
    for (const bytes of this.waiting.splice(0)) this.toServer(bytes);
  }

  /** say sends one record of the client. */
  say(type: number, ...content: readonly number[]): this {
    this.client.content(type, Uint8Array.from(content));
    this.run();
    return this;
  }

  private toServer(bytes: Uint8Array): void {
    if (this.recorded === undefined && this.client.wire.datagrams) {
      const greeting = greetDatagram({ datagram: bytes, peer, keys: [new Uint8Array(32)] });
      if (greeting.what === 'reply') this.client.receive(Buffer.concat([greeting.header, greeting.message]));
      if (greeting.what !== 'start') return;
    }
    this.recorded ??= this.start();
    this.recorded.engine.feed(bytes);
  }
}

interface Rule {
  readonly rule: string;
  check(joined: Joined, settings: Settings): void;
}

const { alert, applicationData, handshake } = ContentType;
const closeNotify = [1, 0];

/** Rules of TLS 1.2 that do not depend on the transport. */
const rules: readonly Rule[] = [
  {
    rule: 'data goes both ways',
    check(joined) {
      joined.client.write('ping');
      joined.server.engine.write(Buffer.from('pong'));
      joined.run();
      assert.equal(joined.server.receivedText, 'ping');
      assert.deepEqual(joined.client.received, ['pong']);
    },
  },
  {
    rule: 'close_notify of the client ends reading and leaves writing',
    check(joined) {
      joined.say(alert, ...closeNotify);
      assert.deepEqual(joined.endings, ['closed']);
      joined.client.write('too late');
      joined.server.engine.write(Buffer.from('pong'));
      joined.run();
      assert.equal(joined.server.receivedText, '');
      assert.deepEqual(joined.client.received, ['pong']);
    },
  },
  {
    rule: 'a fatal alert of the client ends everything, is not answered, and costs the session',
    check(joined, settings) {
      const { size } = settings.sessions;
      joined.say(alert, 2, 40);
      assert.deepEqual(joined.endings, ['peerAlert']);
      assert.deepEqual(joined.client.alerts, []);
      assert.equal(settings.sessions.size, size - 1);
    },
  },
  {
    rule: 'a fatal alert of ours costs the session',
    check(joined, settings) {
      const { size } = settings.sessions;
      joined.say(alert, 1, 0, 0);
      assert.deepEqual(joined.endings, ['invalidAlert']);
      assert.equal(joined.client.alerts.length, 1);
      assert.equal(settings.sessions.size, size - 1);
    },
  },
  {
    rule: 'behind our close_notify no alert follows, and what goes wrong then costs no session',
    check(joined, settings) {
      const { size } = settings.sessions;
      joined.server.engine.shutdown();
      joined.say(alert, 1, 0, 0);
      assert.deepEqual(joined.endings, ['invalidAlert']);
      assert.deepEqual(joined.client.alerts, ['1 0']);
      assert.equal(settings.sessions.size, size);
    },
  },
  {
    rule: 'five warnings in a row are too many, and data in between begins the count anew',
    check(joined) {
      for (let count = 0; count < 4; count++) joined.say(alert, 1, 90);
      joined.say(applicationData, 120);
      for (let count = 0; count < 4; count++) joined.say(alert, 1, 90);
      assert.deepEqual(joined.endings, []);
      joined.say(alert, 1, 90);
      assert.deepEqual(joined.endings, ['tooManyWarnAlerts']);
    },
  },
  {
    rule: 'a hello that has crossed our close_notify is passed over',
    check(joined) {
      joined.server.engine.shutdown();
      joined.client.hello();
      joined.run();
      assert.deepEqual(joined.endings, []);
    },
  },
  {
    rule: 'a renegotiation that is not allowed is answered with a warning and the conversation goes on',
    check(joined) {
      joined.client.hello();
      joined.run();
      assert.deepEqual(joined.client.alerts, ['1 100']);
      joined.client.write('ping');
      joined.run();
      assert.equal(joined.server.receivedText, 'ping');
    },
  },
  {
    rule: 'what was written during a handshake goes before close_notify, once that handshake is done',
    check(joined) {
      const { engine } = joined.server;
      engine.renegotiate({});
      joined.client.hello();
      joined.deliver();
      assert.equal(engine.write(Buffer.from('held')), 'more');
      assert.equal(engine.shutdown(), 'wait');
      assert.equal(joined.alerts.length, 0);
      joined.run();
      assert.deepEqual(joined.client.received, ['held']);
      assert.deepEqual(joined.client.alerts, ['1 0']);
    },
  },
  {
    rule: 'a client that says close_notify in mid-handshake still gets what was written',
    check(joined) {
      const { engine } = joined.server;
      engine.renegotiate({});
      joined.client.hello();
      joined.deliver();
      engine.write(Buffer.from('held'));
      engine.shutdown();
      joined.client.content(alert, Uint8Array.from(closeNotify));
      joined.deliver();
      assert.deepEqual(joined.endings, ['closed']);
      assert.deepEqual(joined.alerts, ['read 1 0', 'write 1 0']);
    },
  },
  {
    rule: 'a renegotiation may take up extended_master_secret, and none gives it up',
    check(joined) {
      const renegotiate = (...extensions: readonly Extension[]) => {
        joined.server.engine.renegotiate({});
        joined.client.done = false;
        joined.client.extensions = extensions;
        joined.client.hello();
        joined.run();
      };
      const extended = { type: extendedMasterSecret.code, body: new Uint8Array(0) };
      for (const extensions of [[], [extended], [extended]]) {
        renegotiate(...extensions);
        assert.deepEqual([joined.client.done, joined.endings], [true, []]);
      }
      renegotiate();
      assert.deepEqual([joined.endings, joined.client.alerts], [['inconsistentExtms'], ['2 40']]);
    },
  },
  {
    rule: 'a message longer than its kind can be is refused when its header is there',
    check(joined) {
      const start = [1, 0x02, 0x01, 0x45];
      const fragment = [0, 0, 0, 0, 0, 0, 0, 1, 3];
      joined.say(handshake, ...start, ...(joined.client.wire.datagrams ? fragment : []));
      assert.deepEqual([joined.endings, joined.client.alerts], [['excessiveMessageSize'], ['2 50']]);
    },
  },
  {
    rule: 'a client whose FIN comes in mid-handshake still gets what was written',
    check(joined) {
      const { engine } = joined.server;
      engine.renegotiate({});
      joined.client.hello();
      joined.deliver();
      engine.write(Buffer.from('held'));
      assert.equal(engine.shutdown(), 'wait');
      engine.end();
      assert.equal(joined.endings.length, 1);
      assert.match(String(joined.endings[0]), /^(?:closed|truncated)$/);
      joined.client.leave();
      joined.run();
      assert.deepEqual(joined.client.received, ['held']);
      assert.deepEqual(joined.client.alerts, ['1 0']);
    },
  },
  {
    rule: 'close_notify waits for the end of a handshake, also when nothing else does',
    check(joined) {
      const { engine } = joined.server;
      engine.renegotiate({});
      joined.client.hello();
      joined.deliver();
      assert.equal(engine.shutdown(), 'wait');
      assert.deepEqual(joined.alerts, []);
      joined.run();
      assert.ok(joined.client.done);
      assert.deepEqual(joined.client.alerts, ['1 0']);
    },
  },
  {
    rule: 'an alert is told with its way, level and description',
    check(joined) {
      joined.say(alert, 1, 90);
      joined.server.engine.shutdown();
      assert.deepEqual(joined.alerts, ['read 1 90', 'write 1 0']);
    },
  },
];

for (const transport of transports) {
  let settings: Settings;

  before(async () => {
    const words = ['-nocert', '-psk', key, '-cipher', 'PSK', '-no_ticket', '-legacy_renegotiation'];
    settings = await settingsOf(...words, ...transport.words);
  });

  for (const { rule, check } of rules) {
    test(`over ${transport.name}: ${rule}`, () => {
      const joined = new Joined(transport, settings);
      assert.ok(joined.client.done);
      assert.ok(joined.server.info);
      check(joined, settings);
    });
  }

  test(`over ${transport.name}: a wrapper of the departures is all that a wrong Finished takes`, () => {
    const joined = new Joined(transport, settings, wrongFinished);
    assert.equal(joined.client.done, false);
    assert.ok(joined.server.info);
  });
}

/** wrongFinished inverts the last bit of a Finished. */
function wrongFinished(departures: Departures): Departures {
  return Object.create(departures, {
    message: {
      value: (type: number, version: number, bytes: Uint8Array) => {
        const sent = Uint8Array.from(bytes);
        if (bytes[0] === 20) sent[sent.length - 1] = (sent[sent.length - 1] ?? 0) ^ 1;
        return departures.message(type, version, sent);
      },
    },
  });
}

const malformed: readonly (readonly number[])[] = [[1, 1], [0], [2], Array.from({ length: 300 }, () => 1)];

test('a malformed ChangeCipherSpec is an unexpected message, and an empty one is passed over', async () => {
  const settings = await settingsOf('-nocert', '-psk', key, '-cipher', 'PSK', '-tls1_2');
  for (const content of malformed) {
    const server = new Recorded({ settings });
    const client = new PskClient(
      Buffer.from(key, 'hex'),
      new StreamWire({ send: (bytes) => void server.engine.feed(bytes) }),
    );
    client.hello();
    client.content(ContentType.changeCipherSpec, new Uint8Array(0));
    assert.equal(server.endings.length, 0);
    client.content(ContentType.changeCipherSpec, Uint8Array.from(content));
    const [ending] = server.endings;
    assert.ok(ending?.how === 'failed');
    assert.equal(ending.problem.problem, 'badChangeCipherSpec');
    assert.equal(ending.problem.alert, 'unexpected_message');
  }
});

for (const transport of transports) {
  test(`a renegotiation that ends the connection does so behind our close_notify too: ${transport.name}`, async () => {
    const settings = await settingsOf('-nocert', '-psk', key, '-cipher', 'PSK', ...transport.words);
    for (const closes of [false, true]) {
      const joined = new Joined(transport, { ...settings, renegotiation: 'fatal' });
      if (closes) joined.server.engine.shutdown();
      joined.client.hello();
      joined.run();
      assert.deepEqual(joined.endings, ['noRenegotiation']);
      assert.deepEqual(joined.client.alerts, closes ? ['1 0'] : ['2 100']);
    }
  });
}

test('a module that knows streams or datagrams handles no alert, no closing and no content type', () => {
  const carriers = ['stream-channel', 'stream-departures', 'datagram-channel', 'datagram-departures'];
  const handling = /\bContentType\b|[aA]lert(?!s\b)|\bclos(?:e|ed|ing)\b|close_?[nN]otify/;
  const found = carriers.flatMap((name) =>
    readFileSync(`src/connection/${name}.ts`, 'utf8')
      .split('\n')
      .filter((line) => handling.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  );
  assert.deepEqual(found, []);
});
