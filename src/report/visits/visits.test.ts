import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact, FactOf } from '../../facts/fact.ts';
import type { Extension } from '../../messages/extensions/extension.ts';
import { blameless, extensionOf, helloJson, madeHello } from '../hello.test.fixture.ts';
import { Visits } from './visits.ts';

type Hello = Parameters<typeof madeHello>[0];

/** A server that hears what its clients do. */
class Heard {
  readonly kinds: string[] = [];
  readonly unread: string[] = [];
  readonly visits = new Visits({
    newKind: ({ card }) => this.kinds.push(card.ja4),
    unread: ({ text }) => this.unread.push(text),
  });
  private connections = 0;

  /** One connection, up to the end of its handshake. Returns its number. */
  visit(hello: Hello, { address = '192.0.2.1', resumed = 'no' as FactOf<'established'>['resumed'] } = {}): number {
    const connection = this.begin(address);
    this.hello(connection, hello);
    this.tell({ fact: 'established', connection, resumed });
    return connection;
  }

  begin(address = '192.0.2.1'): number {
    const connection = ++this.connections;
    this.tell({ fact: 'connected', connection, remote: { address, port: 1000 + connection } });
    return connection;
  }

  hello(connection: number, hello: Hello, number = 1): void {
    this.tell({ fact: 'clientHello', connection, number, ...helloJson(madeHello(hello)) });
  }

  /** The members that are not told here are not looked at. */
  tell(fact: object): void {
    this.visits.hear(fact as Fact);
  }

  remarks(connection: number): readonly string[] {
    return this.visits.cardOf(connection)?.behaviour?.remarks.map(({ id }) => id) ?? [];
  }
}

const random = (byte: number) => ({ random: new Uint8Array(32).fill(byte) });
const share = (byte: string) => extensionOf(51, `0024 001d 0020 ${byte.repeat(32)}`);
const withShare = (byte: string, ...others: readonly Extension[]) => [
  ...Object.values(blameless),
  share(byte),
  ...others,
];

test('a first visit has no remarks; a second says whether it resumed and kept its order', () => {
  const heard = new Heard();
  assert.deepEqual(heard.remarks(heard.visit(random(1))), []);
  const second = heard.visit(random(2), { resumed: 'ticket' });
  assert.deepEqual(heard.remarks(second), ['resumes', 'order-kept']);
  assert.equal(heard.visits.cardOf(second)?.behaviour?.remarks[0]?.sentence, 'Resumed a session in 1 of 2 visits');
});

test('a random and a share that come again are faults', () => {
  const heard = new Heard();
  heard.visit({ ...random(1), extensions: withShare('aa') });
  assert.deepEqual(heard.remarks(heard.visit({ ...random(1), extensions: withShare('bb') })).slice(0, 2), [
    'random-reused',
    'resumes',
  ]);
  const third = heard.visit({ ...random(3), extensions: withShare('aa') });
  assert.deepEqual(heard.remarks(third), ['random-reused', 'share-reused', 'resumes', 'order-kept']);
});

test('the share of GREASE may come again', () => {
  const heard = new Heard();
  const shares = (byte: string) => extensionOf(51, `0029 0a0a 0001 00 001d 0020 ${byte.repeat(32)}`);
  for (const [index, byte] of ['aa', 'bb'].entries()) {
    const visit = heard.visit({ ...random(index), extensions: [...Object.values(blameless), shares(byte)] });
    assert.ok(!heard.remarks(visit).includes('share-reused'));
  }
});

test('a ticket that comes again is told, of TLS 1.2 and of TLS 1.3', () => {
  const older = extensionOf(35, '010203');
  const identity = extensionOf(41, `0009 0003 616263 00000000 0021 20 ${'11'.repeat(32)}`);
  for (const ticket of [older, identity]) {
    const heard = new Heard();
    heard.visit({ ...random(1), extensions: withShare('aa', ticket) });
    assert.ok(
      heard.remarks(heard.visit({ ...random(2), extensions: withShare('bb', ticket) })).includes('ticket-reused'),
    );
  }
});

test('GREASE that does not change is told from the third visit on', () => {
  const heard = new Heard();
  const greased = (code: number, byte: number) => ({ ...random(byte), cipherSuites: [code, 0x1301, 0xc02b] });
  heard.visit(greased(0x1a1a, 1));
  assert.ok(!heard.remarks(heard.visit(greased(0x1a1a, 2))).includes('grease-unchanged'));
  assert.ok(heard.remarks(heard.visit(greased(0x1a1a, 3))).includes('grease-unchanged'));
  assert.ok(!heard.remarks(heard.visit(greased(0x2a2a, 4))).includes('grease-unchanged'));
});

test('extensions in another order are shuffled ones; those that come and go do not count', () => {
  const heard = new Heard();
  heard.visit(random(1));
  const again = heard.visit({ ...random(2), extensions: Object.values(blameless).reverse() });
  assert.ok(heard.remarks(again).includes('order-shuffled'));
});

test('the cookie of a second hello is told', () => {
  const heard = new Heard();
  const connection = heard.begin();
  heard.hello(connection, random(1));
  heard.hello(connection, { ...random(1), extensions: withShare('aa', extensionOf(44, '0001 00')) }, 2);
  assert.deepEqual(heard.remarks(connection), ['cookie-answered']);
});

test('other addresses and other kinds of clients do not see it', () => {
  const heard = new Heard();
  heard.visit(random(1));
  assert.deepEqual(heard.remarks(heard.visit(random(1), { address: '192.0.2.2' })), []);
  assert.deepEqual(heard.remarks(heard.visit({ ...random(1), cipherSuites: [0x1302] })), []);
});

test('a new kind of client is told once, when its handshake has ended, well or not', () => {
  const heard = new Heard();
  const first = heard.begin();
  heard.hello(first, random(1));
  assert.equal(heard.kinds.length, 0);
  heard.tell({ fact: 'failed', connection: first, text: 'no shared cipher' });
  assert.equal(heard.kinds.length, 1);
  heard.visit(random(2), { address: '192.0.2.2' });
  assert.equal(heard.kinds.length, 1);
  heard.visit({ ...random(3), cipherSuites: [0x1302] });
  assert.equal(heard.kinds.length, 2);
  assert.deepEqual(heard.unread, []);
});

test('a connection that fails before its hello is told as such', () => {
  const heard = new Heard();
  heard.tell({ fact: 'failed', connection: heard.begin(), text: 'http request' });
  assert.deepEqual(heard.unread, ['http request']);
  assert.deepEqual(heard.kinds, []);
});

test('a connection that has closed has no card, and keeps nothing', () => {
  const heard = new Heard();
  const connection = heard.visit(random(1));
  heard.tell({ fact: 'closed', connection });
  assert.equal(heard.visits.cardOf(connection), undefined);
});

test('of many visitors the newest are kept', () => {
  const heard = new Heard();
  heard.visit(random(1));
  for (let number = 0; number < 1000; number++) heard.visit(random(2), { address: `198.51.100.${number}` });
  assert.deepEqual(heard.remarks(heard.visit(random(1))), []);
});
