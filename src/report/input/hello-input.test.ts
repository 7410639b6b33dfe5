import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hex } from '../../bytes/hex.ts';
import { toPem } from '../../bytes/pem.ts';
import type { Endpoint } from '../../facts/capture/internet-packet.ts';
import { fileHeader, packetBlock } from '../../facts/capture/pcapng.ts';
import { TcpPackets } from '../../facts/capture/tcp-packets.ts';
import { UdpPackets } from '../../facts/capture/udp-packets.ts';
import type { ReceivedHello } from '../../facts/received-hello.ts';
import { goldenBytes } from '../hello.test.fixture.ts';
import { readHello } from './hello-input.ts';

const message = goldenBytes('openssl-s_client-3.0');
const client = { address: Uint8Array.of(192, 0, 2, 1), port: 40000 };
const server = { address: Uint8Array.of(192, 0, 2, 2), port: 443 };
const client6 = { address: Buffer.from('20010db8000000000000000000000001', 'hex'), port: 40000 };
const server6 = { address: Buffer.from('20010db8000000000000000000000002', 'hex'), port: 443 };

/** Records of TLS around pieces of this size. */
function inRecords(bytes: Uint8Array, size = 0x4000): Buffer {
  const records: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    records.push(Uint8Array.of(22, 3, 1, piece.length >> 8, piece.length), piece);
  }
  return Buffer.concat(records);
}

/** The hello's body as DTLS has it: an empty cookie after the session id, fragments of this size, a datagram each. */
function datagrams(size: number): Uint8Array[] {
  const afterId = 4 + 34 + 1 + (message[38] ?? 0);
  const body = Buffer.concat([message.subarray(4, afterId), Buffer.of(0), message.subarray(afterId)]);
  body.set([0xfe, 0xfd]);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < body.length; at += size) {
    const piece = body.subarray(at, at + size);
    const header = Buffer.alloc(25);
    header.set([22, 0xfe, 0xff]);
    header.writeUInt16BE(pieces.length, 9);
    header.writeUInt16BE(12 + piece.length, 11);
    header.writeUInt8(1, 13);
    header.writeUIntBE(body.length, 14, 3);
    header.writeUIntBE(at, 19, 3);
    header.writeUIntBE(piece.length, 22, 3);
    pieces.push(Buffer.concat([header, piece]));
  }
  return pieces;
}

function pcapng(packets: readonly Uint8Array[]): Buffer {
  return Buffer.concat([fileHeader('test'), ...packets.map((bytes) => packetBlock({ way: 'in', bytes, at: 0 }))]);
}

/** A pcap file; `little`: in the other byte order. */
function pcap(packets: readonly Uint8Array[], linkType = 101, little = false): Buffer {
  const numbers = (list: readonly number[]) => {
    const bytes = Buffer.alloc(4 * list.length);
    for (const [index, it] of list.entries()) {
      if (little) bytes.writeUInt32LE(it, 4 * index);
      else bytes.writeUInt32BE(it, 4 * index);
    }
    return bytes;
  };
  const header = Buffer.concat([numbers([0xa1b2c3d4]), Buffer.alloc(16), numbers([linkType])]);
  return Buffer.concat([header, ...packets.flatMap((it) => [numbers([0, 0, it.length, it.length]), it])]);
}

/** A connection whose client sends these bytes in segments of 100. */
function tcpPackets(bytes: Uint8Array, initial = 1000, ends: readonly [Endpoint, Endpoint] = [client, server]) {
  const packets = new TcpPackets(...ends, initial);
  const all = packets.opened();
  for (let at = 0; at < bytes.length; at += 100) all.push(...packets.carried('in', bytes.subarray(at, at + 100)));
  return all.map((it) => it.bytes);
}

function helloOf(input: Uint8Array): ReceivedHello {
  const read = readHello(input);
  assert.ok('hello' in read, JSON.stringify(read));
  return read.hello;
}

function faultOf(input: Uint8Array): string {
  const read = readHello(input);
  assert.ok('fault' in read);
  return read.fault;
}

const stream = (initial?: number) => tcpPackets(inRecords(message), initial);

const base64 = message.toString('base64');
const forms: Readonly<Record<string, Uint8Array>> = {
  'the bytes of the message': message,
  'the bytes of a record': inRecords(message),
  'the bytes of many records': inRecords(message, 50),
  'bytes with more after them': Buffer.concat([inRecords(message), Buffer.of(20, 3, 3, 0, 1, 1)]),
  hexadecimal: Buffer.from(hex(message)),
  'hexadecimal in capitals, pairs and lines': Buffer.from(
    hex(inRecords(message))
      .toUpperCase()
      .replace(/(..)(..)/g, '$1 $2:\r\n'),
  ),
  'hexadecimal as in C': Buffer.from([...message].map((byte) => `0x${byte.toString(16).padStart(2, '0')}, `).join('')),
  Base64: Buffer.from(base64),
  'Base64 in lines': Buffer.from(base64.replace(/.{60}/g, '$&\n')),
  'Base64 for addresses, without padding': Buffer.from(inRecords(message).toString('base64url')),
  PEM: Buffer.from(`A hello:\n${toPem('CLIENT HELLO', message)}`),
  pcapng: pcapng(stream()),
  pcap: pcap(stream()),
  'pcap in the other byte order': pcap(stream(), 101, true),
  'pcap of Ethernet': pcap(stream().map(ethernet), 1),
  'pcap of Ethernet with a tag of a VLAN': pcap(stream().map(tagged), 1),
  'a capture whose packets come in another order': pcap(stream().reverse()),
  'a capture with every packet twice': pcap([...stream(), ...stream()]),
  'a capture from the middle of a flow on': pcap(stream().slice(3)),
  'a capture over IPv6': pcap(tcpPackets(inRecords(message), 5, [client6, server6])),
  'sequence numbers that wrap around': pcap(stream(2 ** 32 - 150)),
};

function ethernet(packet: Uint8Array): Buffer {
  return Buffer.concat([Buffer.alloc(12), Buffer.of(8, 0), packet]);
}

function tagged(packet: Uint8Array): Buffer {
  return Buffer.concat([Buffer.alloc(12), Buffer.of(0x81, 0, 0, 7, 8, 0), packet, Buffer.alloc(6)]);
}

for (const [name, input] of Object.entries(forms)) {
  test(`a hello is read from ${name}`, () => {
    assert.equal(hex(helloOf(input).raw), hex(message));
  });
}

test('a hello of DTLS is read from datagrams with and without fragments, in any order', () => {
  const whole = helloOf(datagrams(9999)[0] ?? Buffer.alloc(0));
  assert.equal(whole.serverName, 'localhost');
  assert.match(whole.ja4, /^d/);
  const fragments = datagrams(40);
  assert.ok(fragments.length > 5);
  const packets = fragments
    .flatMap((it) => new UdpPackets(() => ({ client, server })).carried('in', it))
    .map((it) => it.bytes);
  for (const input of [
    pcapng(packets),
    pcapng(packets.toReversed()),
    Buffer.concat(fragments),
    Buffer.from(hex(Buffer.concat(fragments))),
  ]) {
    assert.equal(hex(helloOf(input).raw), hex(whole.raw));
  }
  assert.equal(hex(helloOf(Buffer.concat(datagrams(9999)).subarray(13)).raw), hex(whole.raw));
});

test('a hello in the form of SSL 2.0 is read', () => {
  const old = Buffer.from(`801c0103010003000000100000 2f${'00'.repeat(16)}`.replace(' ', ''), 'hex');
  assert.deepEqual(
    helloOf(old).cipherSuites.map(({ code }) => code),
    [0x2f],
  );
});

test('the first flow with a whole hello counts', () => {
  const other = { address: client.address, port: 40001 };
  const torn = tcpPackets(inRecords(message), 7, [other, server]).slice(0, 4);
  assert.equal(helloOf(pcap([...torn, ...stream()])).serverName, 'localhost');
  assert.match(faultOf(pcap(torn)), /^it ends inside the ClientHello: \d+ of \d+ bytes are there$/);
});

test('a port that is used again begins another flow', () => {
  const first = tcpPackets(Buffer.from('GET / HTTP/1.0\r\n\r\n'), 1000);
  assert.equal(helloOf(pcap([...first, ...stream(900_000)])).serverName, 'localhost');
});

test('what has no hello has one sentence about it', () => {
  const unrecognized = /^no ClientHello in it: it takes hexadecimal, PEM, Base64, /;
  assert.equal(faultOf(new Uint8Array(0)), 'the input is empty');
  for (const text of ['GET / HTTP/1.0\r\n\r\n', 'cafe', 'zzzz', '\n', '{"a": 1}', toPem('X', Buffer.of(1))]) {
    assert.match(faultOf(Buffer.from(text)), /^no ClientHello|^it ends inside the header/);
  }
  assert.match(faultOf(Buffer.from('cafe')), unrecognized);
  assert.equal(faultOf(pcap([])), 'the capture has no ClientHello over TCP or UDP');
  assert.equal(faultOf(pcap(stream(), 147)), 'the capture has no ClientHello over TCP or UDP');
  assert.equal(
    faultOf(inRecords(Buffer.of(2, 0, 0, 0))),
    'its first handshake message has type 2, a ClientHello has 1',
  );
  assert.equal(faultOf(Buffer.of(1, 0xff, 0, 0, 3)), 'its ClientHello has 16711680 bytes, more than 131072');
  assert.equal(faultOf(Buffer.concat([Buffer.of(1, 0, 0, 8), Buffer.alloc(8, 3)])), 'the ClientHello is malformed');
});

test('a hello that is cut off anywhere is told as that', () => {
  for (const bytes of [message, inRecords(message, 70)]) {
    for (let end = 1; end < bytes.length; end++) {
      assert.match(faultOf(bytes.subarray(0, end)), /^it ends inside|^no ClientHello in it/);
    }
  }
});

test('whatever the bytes, nothing is thrown', () => {
  const inputs = [
    pcap(stream()),
    pcapng(stream()),
    pcap(stream().map(tagged), 1),
    Buffer.concat(datagrams(40)),
    inRecords(message),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...inputs),
      fc.nat(),
      fc.uint8Array({ maxLength: 12 }),
      fc.nat(),
      (input, at, bytes, end) => {
        const changed = Uint8Array.from(input);
        const place = at % changed.length;
        changed.set(bytes.subarray(0, changed.length - place), place);
        readHello(changed);
        readHello(changed.subarray(0, end % changed.length));
        readHello(bytes);
      },
    ),
    { numRuns: 500 },
  );
});
