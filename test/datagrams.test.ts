import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type DatagramRecord, recordsOf } from '../src/record/datagram-record.ts';
import { Link } from './datagram-link.ts';

const fate = fc.record({
  lost: fc.boolean(),
  delay: fc.integer({ min: 1, max: 1500 }),
  copies: fc.integer({ min: 1, max: 3 }),
});

test('whatever is lost, late or doubled, the handshake is done and data goes both ways', () => {
  fc.assert(
    fc.property(fc.array(fate, { maxLength: 40 }), fc.integer({ min: 64, max: 1400 }), (fates, room) => {
      const link = new Link(fates, room);
      link.run(() => link.client.done && link.server?.info !== undefined);
      assert.ok(link.client.done);
      assert.deepEqual(link.server?.endings, []);
      assert.equal(link.server?.info?.version, 0xfefd);
      link.run();
      link.client.write('ping');
      link.server?.engine.write(Buffer.from('pong'));
      link.run();
      // Data is not sent again.
      assert.ok(['', 'ping'].includes(link.server?.receivedText ?? 'none'));
      assert.ok(link.client.received.every((it) => it === 'pong'));
      assert.ok(link.client.received.length <= 1);
    }),
    { numRuns: 150 },
  );
});

test('whatever is lost, late or doubled, a session is resumed', () => {
  const first = new Link([], 1400);
  first.run();
  const { session } = first.client;
  fc.assert(
    fc.property(fc.array(fate, { maxLength: 40 }), fc.integer({ min: 64, max: 1400 }), (fates, room) => {
      const link = new Link(fates, room, { session });
      link.run(() => link.client.done && link.server?.info !== undefined);
      assert.ok(link.client.done && link.client.resumed);
      assert.equal(link.server?.info?.resumed, true);
      link.run();
      assert.deepEqual(link.server?.endings, []);
    }),
    { numRuns: 100 },
  );
});

test('a link that loses nothing repeats nothing', () => {
  const link = new Link([], 1400);
  link.run();
  assert.equal(link.server?.sent.length, 2);
  link.client.write('ping');
  link.server?.engine.write(Buffer.from('pong'));
  link.run();
  assert.equal(link.server?.receivedText, 'ping');
  assert.deepEqual(link.client.received, ['pong']);
});

test('after an abbreviated handshake only the client, which sent the last flight, repeats it', () => {
  const first = new Link([], 1400);
  first.run();
  const slow = { lost: false, delay: 400, copies: 2 };
  const link = new Link(Array(12).fill(slow), 1400, { session: first.client.session });
  link.run();
  assert.ok(link.client.resumed);
  // The flight, and once more as the client's Finished was not there in time.
  assert.ok((link.server?.sent.length ?? 0) <= 2);
});

test('a hello of a later version is answered with DTLS 1.2', () => {
  const link = new Link([], 1400, { legacyVersion: 0xfdff });
  link.run();
  assert.ok(link.client.done);
});

for (const handshake of ['first handshake', 'renegotiation']) {
  test(`a Finished under the old keys does not count as one under the new ones in a ${handshake}`, () => {
    let last = (it: Uint8Array): Uint8Array => it;
    const link = new Link([], 1400, { arranged: (it) => last(it) });
    if (handshake === 'renegotiation') {
      link.run();
      link.client.hello();
    }
    // The keys of the client do not change, and its last flight comes in the opposite order.
    link.client.wire.departures.protectWriting = () => {};
    last = reversed;
    link.run(() => link.server?.endings.length === 1);
    assert.deepEqual(
      link.server?.endings.map((it) => it.how === 'failed' && it.problem.problem),
      ['unexpectedMessage'],
    );
  });
}

test('in a renegotiation data under the old keys is taken until the handshake is done, and not after', () => {
  const held: Uint8Array[] = [];
  let passes = (datagram: Uint8Array): Uint8Array => datagram;
  const link = new Link([], 1400, { arranged: (it) => passes(it) });
  link.run();
  const { server } = link;
  passes = (datagram) => {
    held.push(datagram);
    return new Uint8Array(0);
  };
  for (const text of ['one.', 'two.']) link.client.write(text);
  const [one, two] = held;
  passes = withoutFinished;
  link.client.hello();
  link.run(() => held.length === 3);
  const { elapsed } = link;
  link.run(() => link.elapsed > elapsed);
  server?.engine.feed(one ?? empty);
  server?.engine.feed(one ?? empty);
  assert.equal(server?.receivedText, 'one.');
  passes = (datagram) => datagram;
  link.run();
  assert.ok(link.client.done);
  server?.engine.feed(two ?? empty);
  link.client.write('three.');
  link.run();
  assert.equal(server?.receivedText, 'one.three.');
  assert.deepEqual(server?.endings, []);

  /** Leaves out a Finished of the second epoch, once. */
  function withoutFinished(datagram: Uint8Array): Uint8Array {
    const isLate = ({ epoch }: DatagramRecord) => epoch === 2;
    const records = recordsOf(datagram);
    if (!records.some(isLate)) return datagram;
    held.push(datagram);
    return Buffer.concat(records.filter((it) => !isLate(it)).flatMap(({ header, body }) => [header, body]));
  }
});

test('a hello that is repeated in records of another version is answered before any timer has expired', () => {
  let lost = 0;
  const link = new Link([], 1400, {
    arranged: (datagram) => (isHello(datagram) ? patched(datagram, 1, 'feff') : datagram),
    delivers: (datagram, way) => {
      if (way === 'toServer' && isHello(datagram)) return [0, 300].map((delay) => ({ datagram, delay }));
      const isFirst = way === 'toClient' && link.server?.sent.length === 1 && lost++ === 0;
      return isFirst ? [] : [{ datagram, delay: 0 }];
    },
  });
  link.run(() => link.client.done);
  assert.ok(link.client.done);
  assert.equal(lost, 1);
  assert.ok(link.elapsed < 1000, `${link.elapsed} ms`);
});

test('a part of the next flight does not stop the timer', () => {
  let answers = 0;
  const link = new Link([], 1400, {
    delivers: (datagram, way) => {
      const [first, ...others] = recordsOf(datagram);
      if (way === 'toClient' || first === undefined || others.length === 0) return [{ datagram, delay: 0 }];
      answers++;
      return [{ datagram: Buffer.concat([first.header, first.body]), delay: 0 }];
    },
  });
  link.run(() => answers === 1);
  const { elapsed } = link;
  const deadline = link.server?.engine.deadline;
  // The first message of the client's flight arrives.
  link.run(() => link.elapsed > elapsed);
  assert.equal(link.server?.engine.deadline, deadline);
  assert.equal(link.server?.sent.length, 1);
  link.run(() => link.server?.sent.length === 2);
  assert.equal(link.server?.sent.length, 2);
});

test('the numbers of records do not wrap: a hello with the highest one leads to the end', () => {
  let hellos = 0;
  const link = new Link([], 228, {
    arranged: (datagram) => (isHello(datagram) && ++hellos === 2 ? patched(datagram, 5, 'ffffffffffff') : datagram),
  });
  link.run(() => link.server?.endings.length === 1);
  assert.deepEqual(
    link.server?.endings.map((it) => it.how === 'failed' && it.problem.problem),
    ['sequenceCtrWrapped'],
  );
  const numbers = link.server?.sent.flatMap((it) => recordsOf(it)).map(({ sequence }) => sequence);
  assert.deepEqual(numbers, [2 ** 48 - 1]);
});

function isHello(datagram: Uint8Array): boolean {
  return datagram[0] === 22 && datagram[13] === 1 && datagram[4] === 0;
}

function patched(datagram: Uint8Array, at: number, bytes: string): Uint8Array {
  const copy = Buffer.from(datagram);
  copy.write(bytes, at, 'hex');
  return copy;
}

const empty = new Uint8Array(0);

/** The records of a datagram, the last one first. */
function reversed(datagram: Uint8Array): Uint8Array {
  return Buffer.concat(
    recordsOf(datagram)
      .flatMap(({ header, body }) => [body, header])
      .reverse(),
  );
}

test('a client that is never heard again is given up after twelve repetitions, and gets no alert', () => {
  const link = new Link([], 1400);
  link.run(() => link.server !== undefined);
  const { server } = link;
  for (let times = 0; times < 20 && server?.endings.length === 0; times++) server.engine.expire();
  assert.deepEqual(
    server?.endings.map((it) => it.how === 'failed' && it.problem.problem),
    ['readTimeoutExpired'],
  );
  assert.equal(server?.sent.length, 13);
});

test('bytes of anybody do not end a conversation that is open, and none makes the engine fail', () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  const header = fc.constantFrom('16fefd0000', '16fefd0001', '17fefd0001', '15fefd0001', '14fefd0000', '16feff0002');
  const record = fc
    .tuple(header, fc.integer({ min: 0, max: 0xffff }), fc.uint8Array({ maxLength: 80 }))
    .map(([start, sequence, body]) => {
      const rest = Buffer.alloc(8);
      rest.writeUIntBE(sequence, 0, 6);
      rest.writeUInt16BE(body.length, 6);
      return Buffer.concat([Buffer.from(start, 'hex'), rest, body]);
    });
  fc.assert(
    fc.property(fc.array(fc.oneof(bytes, record), { maxLength: 20 }), (datagrams) => {
      const link = new Link([], 1400);
      link.run();
      for (const datagram of datagrams) link.server?.engine.feed(datagram);
      link.client.write('still here');
      link.run();
      assert.deepEqual(link.server?.endings, []);
      assert.equal(link.server?.receivedText, 'still here');
    }),
    { numRuns: 150 },
  );
});

test('whoever sends large numbers before there are keys does not stop the handshake', () => {
  const link = new Link([], 1400);
  link.run(() => link.server !== undefined);
  link.server?.engine.feed(Buffer.from('16fefd0000ffffffffffff0000', 'hex'));
  link.run();
  assert.ok(link.client.done);
});

test('hostile handshakes end with a problem or in silence, never with a fault of ours', () => {
  const fragment = fc
    .record({
      type: fc.constantFrom(0, 1, 2, 11, 16, 20, 99),
      length: fc.integer({ min: 0, max: 0x20000 }),
      sequence: fc.integer({ min: 0, max: 12 }),
      offset: fc.integer({ min: 0, max: 200 }),
      body: fc.uint8Array({ maxLength: 100 }),
    })
    .map(({ type, length, sequence, offset, body }) => {
      const header = Buffer.alloc(12);
      header[0] = type;
      header.writeUIntBE(length, 1, 3);
      header.writeUInt16BE(sequence, 4);
      header.writeUIntBE(offset, 6, 3);
      header.writeUIntBE(body.length, 9, 3);
      return Buffer.concat([header, body]);
    });
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 20 }), (fragments) => {
      const link = new Link([], 1400);
      link.run(() => link.server !== undefined);
      for (const [at, body] of fragments.entries()) {
        const record = Buffer.from(`16fefd0000000000000${(at + 100).toString(16).padStart(3, '0')}0000`, 'hex');
        record.writeUInt16BE(body.length, 11);
        link.server?.engine.feed(Buffer.concat([record, body]));
      }
      assert.ok(link.server?.endings.every(({ how }) => how === 'failed'));
    }),
    { numRuns: 150 },
  );
});
