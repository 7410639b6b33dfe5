import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hex } from '../../bytes/hex.ts';
import type { Packet } from './packet.ts';
import { TcpPackets } from './tcp-packets.ts';

const client = { address: Uint8Array.of(192, 0, 2, 1), port: 40000 };
const server = { address: Uint8Array.of(192, 0, 2, 2), port: 4433 };
const client6 = { address: new Uint8Array(16).fill(1), port: 40000 };
const server6 = { address: new Uint8Array(16).fill(2), port: 4433 };

const flags = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const;

interface Read {
  readonly way: string;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: string;
  readonly content: Uint8Array;
}

function read({ way, bytes }: Packet): Read {
  const view = new DataView(bytes.buffer, bytes.byteOffset + (bytes[0] === 0x45 ? 20 : 40));
  const set = view.getUint8(13);
  return {
    way,
    sequence: view.getUint32(4),
    acknowledgment: view.getUint32(8),
    flags: Object.entries(flags)
      .filter(([, bit]) => set & bit)
      .map(([name]) => name)
      .join(' '),
    content: bytes.subarray(view.byteOffset - bytes.byteOffset + (view.getUint8(12) >> 4) * 4),
  };
}

const summary = (packet: Packet) => {
  const { way, sequence, acknowledgment, flags: set, content } = read(packet);
  return `${way} ${set} ${sequence} ${acknowledgment} ${content.length}`;
};

test('a connection begins with the three segments of its handshake', () => {
  const packets = new TcpPackets(client, server, 1000);
  assert.deepEqual(packets.opened().map(summary), ['in syn 1000 0 0', 'out syn ack 1000 1001 0', 'in ack 1001 1001 0']);
});

test('both sides tell the size of a segment, which depends on the header of IP', () => {
  const [syn] = new TcpPackets(client, server, 0).opened();
  const [syn6] = new TcpPackets(client6, server6, 0).opened();
  assert.ok(syn && syn6);
  assert.equal(hex(syn.bytes.subarray(40)), '020405b40103030e');
  assert.equal(hex(syn6.bytes.subarray(60)), '020405a00103030e');
});

test('a piece is cut into segments, of which the last one is pushed', () => {
  const packets = new TcpPackets(client, server, 0);
  packets.opened();
  const first = packets.carried('in', new Uint8Array(3000)).map(summary);
  assert.deepEqual(first, ['in ack 1 1 1460', 'in ack 1461 1 1460', 'in psh ack 2921 1 80']);
  assert.deepEqual(packets.carried('out', new Uint8Array(5)).map(summary), ['out psh ack 1 3001 5']);
});

test('the second end is acknowledged by the side that ended first', () => {
  const packets = new TcpPackets(client, server, 0);
  packets.opened();
  assert.deepEqual(packets.ended('in').map(summary), ['in fin ack 1 1 0']);
  assert.deepEqual(packets.carried('out', Uint8Array.of(1)).map(summary), ['out psh ack 1 2 1']);
  assert.deepEqual(packets.ended('out').map(summary), ['out fin ack 2 2 0', 'in ack 2 3 0']);
  assert.deepEqual(packets.ended('out'), []);
});

test('nothing follows a reset', () => {
  const packets = new TcpPackets(client, server, 0);
  packets.opened();
  assert.deepEqual(packets.reset('in').map(summary), ['in rst ack 1 1 0']);
  const later = [...packets.carried('out', Uint8Array.of(1)), ...packets.ended('out'), ...packets.reset('out')];
  assert.deepEqual(later, []);
});

test('sequence numbers begin again at zero behind the largest one', () => {
  const packets = new TcpPackets(client, server, 2 ** 32 - 2);
  packets.opened();
  const all = [...packets.carried('in', new Uint8Array(3)), ...packets.carried('out', new Uint8Array(1))];
  assert.deepEqual(all.map(summary), [`in psh ack ${2 ** 32 - 1} ${2 ** 32 - 1} 3`, `out psh ack ${2 ** 32 - 1} 2 1`]);
});

test('the stream of each direction can be put together again from its segments', () => {
  const pieces = fc.array(
    fc.record({ way: fc.constantFrom('in' as const, 'out' as const), bytes: fc.uint8Array({ maxLength: 4000 }) }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(pieces, (list) => {
      const packets = new TcpPackets(client, server, 7);
      const seen = [...packets.opened(), ...list.flatMap(({ way, bytes }) => packets.carried(way, bytes))].map(read);
      for (const way of ['in', 'out'] as const) {
        const stream = Buffer.concat(list.filter((it) => it.way === way).map(({ bytes }) => bytes));
        const segments = seen.filter((it) => it.way === way && it.content.length > 0);
        for (const { sequence, content } of segments) {
          assert.deepEqual(Buffer.from(content), stream.subarray(sequence - 8, sequence - 8 + content.length));
        }
        assert.equal(
          segments.reduce((total, { content }) => total + content.length, 0),
          stream.length,
        );
      }
    }),
    { numRuns: 50 },
  );
});

test('a direction that nobody answers is acknowledged before its window is full', () => {
  const packets = new TcpPackets(client6, server6, 0);
  packets.opened();
  const piece = new Uint8Array(2 ** 24);
  let acknowledged = 0;
  for (let at = 0; at < 17; at++) {
    const answers = packets.carried('out', piece).filter(({ way }) => way === 'in');
    for (const answer of answers) acknowledged = read(answer).acknowledgment;
  }
  assert.ok(acknowledged > 2 ** 28);
});
