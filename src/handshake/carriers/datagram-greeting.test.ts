import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ClientHello } from '../../messages/client-hello.ts';
import { encodeMessage } from '../../messages/message.ts';
import { Version } from '../../names/versions.ts';
import { datagramHeader } from '../../record/datagram-record.ts';
import { fragmentHeader } from './datagram-assembly.ts';
import { greetDatagram } from './datagram-greeting.ts';

const peer = '192.0.2.1:5000';
const keys = [new Uint8Array(32).fill(1)];

test('a hello is answered with a cookie that brings it in, under the numbers that it has', () => {
  const greeted = greetDatagram({ datagram: hello({ sequence: 7, record: 9 }), peer, keys });
  assert.equal(greeted.what, 'reply');
  if (greeted.what !== 'reply') return;
  assert.equal(Buffer.from(greeted.header).toString('hex'), '16feff00000000000000090023');
  assert.match(Buffer.from(greeted.message).toString('hex'), /^030000170007000000000017feff14.{40}$/);
  const cookie = greeted.message.subarray(-20);
  assert.equal(greetDatagram({ datagram: hello({ cookie }), peer, keys }).what, 'start');
  const newer = [new Uint8Array(32).fill(2), ...keys];
  assert.equal(greetDatagram({ datagram: hello({ cookie }), peer, keys: newer }).what, 'start');
});

test('a cookie of another address, another hello or a key that is gone is none', () => {
  const greeted = greetDatagram({ datagram: hello({}), peer, keys });
  const cookie = greeted.what === 'reply' ? greeted.message.subarray(-20) : new Uint8Array(0);
  const again = hello({ cookie });
  assert.equal(greetDatagram({ datagram: again, peer: '192.0.2.1:5001', keys }).what, 'reply');
  assert.equal(greetDatagram({ datagram: again, peer, keys: [new Uint8Array(32)] }).what, 'reply');
  assert.equal(greetDatagram({ datagram: hello({ cookie, random: 4 }), peer, keys }).what, 'reply');
  assert.equal(greetDatagram({ datagram: hello({ cookie: cookie.subarray(1) }), peer, keys }).what, 'reply');
});

test('the answer is no longer than the hello that it is for', () => {
  const datagram = hello({});
  const greeted = greetDatagram({ datagram, peer, keys });
  assert.equal(greeted.what, 'reply');
  if (greeted.what === 'reply') assert.ok(greeted.header.length + greeted.message.length < datagram.length);
});

test('what is no whole record of a hello is dropped', () => {
  const datagram = hello({});
  for (let length = 0; length < datagram.length; length++) {
    assert.equal(greetDatagram({ datagram: datagram.subarray(0, length), peer, keys }).what, 'drop');
  }
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 120 }),
      (bytes) => greetDatagram({ datagram: bytes, peer, keys }).what === 'drop',
    ),
  );
});

test('a fragment is answered if a cookie can be made of it, and otherwise told as a part', () => {
  const body = hello({}).subarray(25);
  const greeted = (offset: number, length: number) => {
    const header = fragmentHeader({ type: 1, length: body.length, sequence: 0 }, { offset, length });
    const record = datagramHeader({ type: 22, version: 0xfefd, epoch: 0, sequence: 0 }, 12 + length);
    const datagram = Buffer.concat([record, header, body.subarray(offset, offset + length)]);
    return greetDatagram({ datagram, peer, keys }).what;
  };
  assert.equal(greeted(0, 36), 'reply');
  assert.equal(greeted(0, 35), 'part');
  assert.equal(greeted(36, 1), 'part');
});

interface Numbers {
  readonly sequence?: number;
  readonly record?: number;
  readonly cookie?: Uint8Array;
  readonly random?: number;
}

function hello({ sequence = 0, record = 0, cookie = new Uint8Array(0), random = 3 }: Numbers): Uint8Array {
  const value = {
    legacyVersion: Version['DTLSv1.2'],
    random: new Uint8Array(32).fill(random),
    sessionId: new Uint8Array(0),
    cookie,
    cipherSuites: [0xc02b],
    compressionMethods: [0],
    extensions: undefined,
  };
  const body = encodeMessage(ClientHello, value, { version: Version['DTLSv1.2'] }).subarray(4);
  const message = Buffer.concat([fragmentHeader({ type: 1, length: body.length, sequence }), body]);
  return Buffer.concat([
    datagramHeader({ type: 22, version: 0xfeff, epoch: 0, sequence: record }, message.length),
    message,
  ]);
}
