import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TicketKeys } from './ticket-keys.ts';

test('a ticket opens to what was sealed', () => {
  const keys = new TicketKeys(counting());
  for (const length of [0, 1, 15, 16, 17, 500]) {
    const plain = Buffer.alloc(length, 7);
    const opened = keys.open(keys.seal(plain));
    assert.deepEqual(opened, { session: plain, renew: false });
  }
});

test('a ticket is name, IV, padded contents and MAC', () => {
  const random = counting();
  const keys = new TicketKeys(random);
  assert.equal(keys.seal(Buffer.alloc(95)).length, 16 + 16 + 96 + 32);
  assert.equal(keys.seal(Buffer.alloc(96)).length, 16 + 16 + 112 + 32);
  const [first, second] = [keys.seal(Buffer.alloc(1)), keys.seal(Buffer.alloc(1))];
  assert.deepEqual(first.subarray(0, 16), second.subarray(0, 16));
  assert.notDeepEqual(first.subarray(16, 32), second.subarray(16, 32));
});

test('a ticket with any bit changed, cut short or made longer does not open', () => {
  const keys = new TicketKeys(counting());
  const ticket = keys.seal(Buffer.from('contents'));
  ticket.forEach((byte, at) => {
    const damaged = Uint8Array.from(ticket);
    damaged[at] = byte ^ (1 << (at % 8));
    assert.equal(keys.open(damaged), undefined);
  });
  for (let length = 0; length < ticket.length; length++) assert.equal(keys.open(ticket.subarray(0, length)), undefined);
  assert.equal(keys.open(Buffer.concat([ticket, Buffer.alloc(16)])), undefined);
});

test('a ticket of other keys does not open', () => {
  const other = new TicketKeys(counting(100)).seal(Buffer.from('contents'));
  assert.equal(new TicketKeys(counting()).open(other), undefined);
});

test('after a change of keys a ticket opens once more, and is to be renewed', () => {
  const keys = new TicketKeys(counting());
  const ticket = keys.seal(Buffer.from('contents'));
  keys.rotate();
  assert.equal(keys.open(ticket)?.renew, true);
  assert.equal(keys.open(keys.seal(Buffer.from('new')))?.renew, false);
  keys.rotate();
  assert.equal(keys.open(ticket), undefined);
});

/** Every call gives other bytes. */
function counting(start = 0): (length: number) => Uint8Array {
  let next = start;
  return (length) => Buffer.alloc(length, next++);
}

test('keys of 48 and 80 bytes can be given and taken, and their tickets opened elsewhere', () => {
  for (const length of [48, 80]) {
    const bytes = Uint8Array.from({ length }, (_, at) => at);
    const keys = new TicketKeys(counting(), bytes);
    assert.deepEqual(Uint8Array.from(keys.bytes), bytes);
    const ticket = keys.seal(Buffer.from('contents'));
    const elsewhere = new TicketKeys(counting(50));
    assert.equal(elsewhere.open(ticket), undefined);
    elsewhere.use(bytes);
    assert.equal(String(elsewhere.open(ticket)?.session), 'contents');
  }
  for (const length of [0, 16, 47, 49, 79, 81])
    assert.throws(() => new TicketKeys(counting(), new Uint8Array(length)), RangeError);
});

test('after a new key is given, tickets of the one before are renewed', () => {
  const keys = new TicketKeys(counting());
  const ticket = keys.seal(Buffer.from('contents'));
  keys.use(new Uint8Array(80).fill(9));
  assert.equal(keys.open(ticket)?.renew, true);
});
