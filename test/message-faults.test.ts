import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DatagramRecord, recordsOf } from '../src/record/datagram-record.ts';
import { Link } from './datagram-link.ts';
import { faults, MessageFault, type Way } from './message-faults.ts';
import type { PskSession } from './psk-client.ts';

for (const [name, resumes, count] of [
  ['with a key', false, 10],
  ['that resumes', true, 8],
] as const) {
  test(`a handshake ${name} ends with each of its messages lost, late or doubled`, () => {
    const { session } = conversation(new MessageFault()).client;
    const offered = resumes ? session : undefined;
    const whole = new MessageFault();
    conversation(whole, offered);
    assert.equal(whole.messages.length, count, whole.messages.join());
    for (const fault of faults) {
      for (const [at, message] of whole.messages.entries()) {
        const { client, server } = conversation(new MessageFault(at, fault), offered);
        const seen = `${fault}: ${message}`;
        assert.ok(client.done, seen);
        assert.equal(client.resumed, resumes, seen);
        assert.equal(server?.receivedText, 'ping', seen);
        assert.deepEqual(client.received, ['pong'], seen);
        assert.deepEqual(server?.endings, [], seen);
      }
    }
  });
}

test('a message that comes twice in the middle of a flight is not answered with the flight before, which has arrived', () => {
  const isLate = ({ epoch }: DatagramRecord) => epoch === 1;
  let isFirst = true;
  /** The rest of the first flight under keys comes when the message before it comes a second time. */
  const delivers = (datagram: Uint8Array, way: Way) => {
    const records = recordsOf(datagram);
    if (way === 'toClient' || !isFirst || !records.some(isLate)) return [{ datagram, delay: 0 }];
    isFirst = false;
    const [first] = records.filter((it) => !isLate(it)).map(({ header, body }) => Buffer.concat([header, body]));
    return [0, 300].map((delay) => ({ datagram: first ?? assert.fail(), delay }));
  };
  const link = new Link([], 1400, { delivers });
  link.run(() => link.elapsed > 300);
  assert.equal(link.server?.sent.length, 1);
  link.run();
  assert.ok(link.client.done);
});

/** conversation runs until nothing is on its way any more; then data goes both ways. */
function conversation(fault: MessageFault, session?: PskSession): Link {
  const link = new Link([], 1400, { session, delivers: (datagram, way) => fault.deliveries(datagram, way) });
  link.run();
  link.client.write('ping');
  link.server?.engine.write(Buffer.from('pong'));
  link.run();
  return link;
}
