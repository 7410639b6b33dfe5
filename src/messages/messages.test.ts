import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Malformed } from '../bytes/malformed.ts';
import { decode, encode, type Shape, type Wire } from '../bytes/wire.ts';
import type { KeyExchange } from '../names/cipher-suites.ts';
import { Version } from '../names/versions.ts';
import { Alert } from './alert.ts';
import { extensionKinds } from './extensions/index.ts';
import { OcspStatusRequest } from './extensions/status-request.ts';
import { handshakeKinds } from './handshake-kinds.ts';
import { decodeMessage, encodeMessage, type MessageContext } from './message.ts';

const versions = [0, ...Object.values(Version)];
const keyExchanges: KeyExchange[] = [
  'RSA',
  'DHE',
  'ECDHE',
  'PSK',
  'RSAPSK',
  'DHEPSK',
  'ECDHEPSK',
  'SRP',
  'GOST',
  'GOST18',
  'any',
];
const plainContexts: MessageContext[] = versions.map((version) => ({ version }));
const suiteContexts: MessageContext[] = versions.flatMap((version) =>
  keyExchanges.flatMap((keyExchange) => [true, false].map((anonymous) => ({ version, keyExchange, anonymous }))),
);
const dependsOnSuite = new Set([12, 16]);

for (const kind of handshakeKinds.values()) {
  const contexts = dependsOnSuite.has(kind.type) ? suiteContexts : plainContexts;
  test(`${kind.name} survives encoding and decoding in every context`, () => {
    for (const context of contexts) {
      fc.assert(
        fc.property(valuesOf(kind.wire(context).shape), (value) => {
          const bytes = encodeMessage(kind, value, context);
          assert.equal(bytes[0], kind.type);
          assert.deepEqual(decodeMessage(kind, bytes, context), value);
        }),
        { numRuns: 8, seed: 1 },
      );
    }
  });

  test(`a damaged ${kind.name} is decoded or refused as malformed`, () => {
    for (const context of contexts) {
      const wire = kind.wire(context);
      for (const value of fc.sample(valuesOf(wire.shape), { numRuns: 2, seed: 1 })) {
        damage(encode(wire, value), (bytes) => assertDecodedOrRefused(wire, bytes));
      }
    }
  });
}

for (const kind of extensionKinds) {
  for (const [place, wire] of Object.entries(kind.in)) {
    test(`${kind.name} in ${place} survives encoding and decoding, and refuses damage as malformed`, () => {
      assertRobust(wire);
    });
  }
}

test('alerts and the request for an OCSP response survive encoding and decoding', () => {
  for (const wire of [Alert, OcspStatusRequest]) assertRobust(wire);
});

test('bytes without meaning are decoded or refused as malformed by every message and extension', () => {
  const wires = [
    ...Array.from(handshakeKinds.values(), (kind) =>
      [...plainContexts, ...suiteContexts].map((context) => kind.wire(context)),
    ).flat(),
    ...extensionKinds.flatMap((kind) => Object.values(kind.in)),
  ];
  for (const bytes of fc.sample(fc.uint8Array({ maxLength: 80 }), { numRuns: 10, seed: 1 })) {
    for (const wire of wires) assertDecodedOrRefused(wire, bytes);
  }
});

test('every extension has a code point and a name of its own', () => {
  assert.equal(new Set(extensionKinds.map(({ code }) => code)).size, extensionKinds.length);
  assert.equal(new Set(extensionKinds.map(({ name }) => name)).size, extensionKinds.length);
});

function assertRobust(wire: Wire<unknown>): void {
  fc.assert(
    fc.property(valuesOf(wire.shape), (value) => assert.deepEqual(decode(wire, encode(wire, value)), value)),
    { numRuns: 30, seed: 1 },
  );
  for (const value of fc.sample(valuesOf(wire.shape), { numRuns: 5, seed: 1 })) {
    damage(encode(wire, value), (bytes) => assertDecodedOrRefused(wire, bytes));
  }
}

/** A decoded value has exactly one encoding, so the bytes must come back. */
function assertDecodedOrRefused(wire: Wire<unknown>, bytes: Uint8Array): void {
  let value: unknown;
  try {
    value = decode(wire, bytes);
  } catch (error) {
    assert.ok(error instanceof Malformed, String(error));
    return;
  }
  assert.deepEqual(Uint8Array.from(encode(wire, value)), Uint8Array.from(bytes));
}

/** Every truncation, one byte too many, and every byte made larger, smaller, zero and all ones. */
function damage(bytes: Uint8Array, look: (damaged: Uint8Array) => void): void {
  for (let length = 0; length < bytes.length; length++) look(bytes.subarray(0, length));
  look(Buffer.concat([bytes, Buffer.of(0)]));
  bytes.forEach((byte, at) => {
    for (const other of [byte + 1, byte - 1, 0, 0xff]) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] = other;
      look(damaged);
    }
  });
}

/** Random values of a description; sizes stay small, lower limits are met by the smallest number of items. */
function valuesOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'uint':
      return fc.integer({ min: 0, max: 2 ** (8 * shape.size) - 1 });
    case 'bytes':
      return fc.uint8Array({ minLength: shape.size, maxLength: shape.size });
    case 'opaque':
      return fc.uint8Array({ minLength: shape.min, maxLength: Math.min(shape.max, shape.min + 12) });
    case 'vector':
      return fc.array(valuesOf(shape.item.shape), { minLength: Math.min(shape.min, 1), maxLength: 4 });
    case 'list':
      return fc.array(valuesOf(shape.item.shape), { maxLength: 4 });
    case 'struct':
      return fc.record(
        Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, valuesOf(field.shape)])),
        { noNullPrototype: true },
      );
    case 'select':
      return fc.oneof(
        ...Object.entries(shape.cases).map(([type, wire]) =>
          valuesOf(wire.shape).map((value) => ({ type: Number(type), value })),
        ),
      );
    case 'optionalTail':
      return fc.option(valuesOf(shape.item.shape), { nil: undefined });
    case 'rest':
      return fc.uint8Array({ maxLength: 40 });
  }
}
