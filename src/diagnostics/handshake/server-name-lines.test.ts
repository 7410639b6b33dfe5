import assert from 'node:assert/strict';
import { test } from 'node:test';
import { echSentence, encryptedHelloLines, hostnameLine } from './server-name-lines.ts';

const inner = Buffer.from('inner.example');
const outer = Buffer.from('front.example');
const facts = { peer: '[::ffff:127.0.0.1]:40000', now: 1_700_000_000_000, ownName: 'inner.example', switched: false };
const prefix = 'ssl_ech_servername_cb: ';

test('what is not printable in a name is told as hexadecimal', () => {
  assert.equal(hostnameLine(Uint8Array.of(0x61, 0, 0xff)), 'Hostname in TLS extension: "a\\x00\\xff"\n');
});

test('a name inside an encrypted hello is told with the one outside', () => {
  const text = encryptedHelloLines({
    ...facts,
    outcome: 'accepted',
    outerServerName: outer,
    name: inner,
    switched: true,
  });
  const [first = '', ...others] = text.split(prefix).slice(1);
  assert.match(first, /^connection from ::ffff:127\.0\.0\.1 at [A-Z][a-z]{2} Nov 1[45] \d\d:\d\d:\d\d 2023\n$/);
  assert.deepEqual(others, [
    'success: outer front.example, inner: inner.example\n',
    'Hostname in TLS extension: "inner.example"\n',
    'ctx servername: inner.example\n',
    'Switching context.\n',
  ]);
});

test('every other case has its words', () => {
  const last = (told: Parameters<typeof encryptedHelloLines>[0]) => encryptedHelloLines(told).split(prefix).slice(2);
  const name = Buffer.from('x');
  const host = ['Hostname in TLS extension: "x"\n', 'ctx servername: inner.example\n'];
  assert.deepEqual(last({ ...facts, outcome: 'accepted' }), [
    'success: outer none, inner: none\n',
    'Not switching context - no ECH SUCCESS\n',
  ]);
  assert.deepEqual(last({ ...facts, outcome: 'accepted', name }), [
    'success: outer none, inner: x\n',
    ...host,
    'Not switching context - no name match (0).\n',
  ]);
  assert.deepEqual(last({ ...facts, outcome: 'rejected', name }), [
    'attempt we think is GREASE\n',
    ...host,
    'Not switching context - no ECH SUCCESS\n',
  ]);
  assert.deepEqual(last({ ...facts, outcome: 'backend' }), [
    'ECH backend got inner ECH\n',
    'Not switching context - no ECH SUCCESS\n',
  ]);
  assert.deepEqual(last({ ...facts, outcome: 'notOffered', name, switched: true }), [
    'not attempted\n',
    ...host,
    'Not switching context - no ECH SUCCESS\nSwitching server context.\n',
  ]);
});

test('the status page has a sentence for each outcome', () => {
  const accepted = { outcome: 'accepted', outerServerName: outer } as const;
  assert.equal(echSentence(accepted, 'x'), 'ECH success: outer sni: front.example, inner sni: x');
  assert.equal(echSentence({ outcome: 'accepted' }, undefined), 'ECH success: outer sni: none, inner sni: none');
  assert.equal(echSentence({ outcome: 'rejected' }, 'x'), 'ECH attempt we interpret as GREASE');
  assert.equal(echSentence({ outcome: 'notOffered' }, 'x'), 'ECH not attempted');
  assert.equal(echSentence({ outcome: 'backend' }, 'x'), 'ECH acting as backend');
});
