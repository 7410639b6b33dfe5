import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { der, integer, objectIdentifier, sequence, Tag, tagged } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { readCrl } from '../certificates/crl.ts';
import { MemoryTrustStore } from '../trust/trust-store.ts';
import {
  alternativeNames,
  authority,
  constraints,
  dns,
  extendedUsage,
  extension,
  type Issued,
  issue,
  issueCrl,
  mappings,
  policies,
} from './issue.test.fixture.ts';
import type { VerifyParameters } from './parameters.ts';
import { type PathCertificate, pathCertificate } from './path-certificate.ts';
import { verifyCertificate } from './verify.ts';

const made = (issued: Issued) => pathCertificate(issue(issued));
const root = made({ subject: 'root', extensions: [authority()] });

interface Chain {
  readonly leaf: PathCertificate;
  readonly untrusted?: readonly PathCertificate[];
  readonly trusted?: readonly PathCertificate[];
  readonly parameters?: VerifyParameters;
}

/** verified returns the reports to the watcher in order. */
function verified({ leaf, untrusted = [], trusted = [root], parameters = {} }: Chain) {
  const told: string[] = [];
  const verdict = verifyCertificate({
    certificate: leaf,
    untrusted,
    store: new MemoryTrustStore({ certificates: trusted }),
    crls: [],
    parameters,
    now: () => Date.UTC(2025, 0, 1),
    watch: ({ ok, depth, error }) => {
      told.push(`${ok} ${depth} ${error}`);
      return ok !== 'fault';
    },
  });
  return { ...verdict, told };
}

/** CountingStore counts lookups as a measure of the work, in place of time. */
class CountingStore extends MemoryTrustStore {
  lookups = 0;

  override certificatesOf(subject: string) {
    this.lookups++;
    return super.certificatesOf(subject);
  }
}

test('a certificate that is in order is told from the root down', () => {
  const leaf = made({ subject: 'leaf', issuer: 'root' });
  assert.deepEqual(verified({ leaf }).told, ['passed 1 0', 'passed 0 0']);
});

test('a certificate that is cut short anywhere, or longer, is one clear error', () => {
  const whole = issue({ subject: 'leaf', extensions: [authority(), alternativeNames(dns('a'))] });
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => pathCertificate(whole.subarray(0, length)), Malformed);
  }
  assert.throws(() => pathCertificate(Buffer.concat([whole, Buffer.of(0)])), Malformed);
});

test('a certificate or list with any byte changed is read or is malformed, and nothing else', () => {
  const certificate = issue({
    subject: 'leaf',
    extensions: [authority(0), alternativeNames(dns('a')), constraints([dns('a')]), policies('1.2.3')],
  });
  const list = issueCrl({ issuer: 'root', revoked: [[3], [4, extension('2.5.29.21', der(0x0a, Buffer.of(1)))]] });
  for (const [whole, read] of [
    [certificate, pathCertificate],
    [list, readCrl],
  ] as const) {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const changed = Uint8Array.from(whole);
        changed[at] = byte;
        try {
          read(changed);
        } catch (error) {
          assert.ok(error instanceof Malformed);
        }
      }),
      { numRuns: 300 },
    );
  }
});

test('a name that is not UTF-8 is malformed', () => {
  const subject = sequence(
    der(Tag.set, sequence(objectIdentifier('2.5.4.3'), der(Tag.utf8String, Buffer.of(0x61, 0xff)))),
  );
  assert.throws(() => made({ subject, key: 'leaf' }), Malformed);
});

test('an extension that is nested a thousand times is not followed', () => {
  let value: Uint8Array = Buffer.of(5, 0);
  for (let depth = 0; depth < 1000; depth++) value = sequence(value);
  const leaf = made({ subject: 'leaf', issuer: 'root', extensions: [extension('2.5.29.17', value)] });
  assert.equal(leaf.isInvalid, true);
  assert.equal(verified({ leaf }).error, 20);
});

test('ten thousand names against as many constraints are given up', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => dns(`${at}.example.org`));
  const middle = made({ subject: 'middle', issuer: 'root', extensions: [authority(), constraints(many)] });
  const leaf = made({ subject: 'leaf', issuer: 'middle', extensions: [alternativeNames(...many)] });
  assert.equal(verified({ leaf, untrusted: [middle] }).error, 1);
});

test('ten thousand names against one constraint are looked at', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => dns(`${at}.example.org`));
  const middle = made({
    subject: 'middle',
    issuer: 'root',
    extensions: [authority(), constraints([dns('example.org')])],
  });
  const leaf = made({ subject: 'leaf', issuer: 'middle', extensions: [alternativeNames(...many)] });
  assert.equal(verified({ leaf, untrusted: [middle], parameters: { hosts: ['9999.example.org'] } }).error, 0);
});

test('of hundreds of intermediates no more are taken than the depth allows', () => {
  const untrusted = Array.from({ length: 300 }, (_, at) =>
    made({ subject: `${at}`, issuer: `${at + 1}`, key: 'all', signer: 'all', extensions: [authority()] }),
  );
  const leaf = made({ subject: 'leaf', issuer: '0', signer: 'all' });
  const { error, chain } = verified({ leaf, untrusted });
  assert.equal(error, 22);
  assert.equal(chain.length, 102);
});

test('authorities that have all signed each other cost one look-up a step', () => {
  const names = Array.from({ length: 12 }, (_, at) => `${at}`);
  const untrusted = names.flatMap((subject) =>
    names.filter((it) => it !== subject).map((issuer) => made({ subject, issuer, extensions: [authority()] })),
  );
  const store = new CountingStore({ certificates: [root] });
  const leaf = made({ subject: 'leaf', issuer: '0' });
  const request = { certificate: leaf, untrusted, store, crls: [], parameters: {}, now: () => Date.UTC(2025, 0, 1) };
  const { error, chain } = verifyCertificate(request);
  assert.ok(error === 20 || error === 22);
  assert.ok(chain.length <= 102);
  assert.ok(store.lookups <= 110);
});

test('policies that are mapped on each other at every step do not double', () => {
  const all = Array.from({ length: 30 }, (_, at) => `1.2.3.${at}`);
  const pairs = all.flatMap((from) => all.map((to) => [from, to] as const));
  const steps = Array.from({ length: 20 }, (_, at) =>
    made({
      subject: `${at}`,
      issuer: at === 19 ? 'root' : `${at + 1}`,
      key: 'all',
      signer: at === 19 ? 'root' : 'all',
      extensions: [authority(), policies(...all), mappings(...pairs)],
    }),
  );
  const leaf = made({ subject: 'leaf', issuer: '0', signer: 'all', extensions: [policies(...all)] });
  const parameters = { explicitPolicy: true, policies: ['1.2.3.7'] };
  const { error, policies: held } = verified({ leaf, untrusted: steps, parameters });
  assert.equal(error, 0);
  assert.deepEqual(
    held?.user?.map(({ oid }) => oid),
    ['1.2.3.7'],
  );
});

test('an attribute whose type has a number beyond all bounds is told from another', () => {
  const named = (last: number) => {
    const type = der(Tag.objectIdentifier, Buffer.of(0x55), Buffer.alloc(500, 0xff), Buffer.of(last));
    return made({ subject: sequence(der(Tag.set, sequence(type, der(Tag.utf8String, Buffer.of(0x61))))), key: 'leaf' });
  };
  assert.notEqual(named(1).subject, named(2).subject);
  assert.equal(named(1).subject, named(1).subject);
});

test('a chain with any byte of it changed is judged, and nothing is thrown', () => {
  const parts = [
    issue({
      subject: 'leaf',
      issuer: 'middle',
      extensions: [alternativeNames(dns('a')), policies('1.2.3'), extendedUsage('1.3.6.1.5.5.7.3.1')],
    }),
    issue({
      subject: 'middle',
      issuer: 'root',
      extensions: [authority(0), constraints([dns('a')]), policies('1.2.3'), mappings(['1.2.3', '1.2.3'])],
    }),
  ];
  const parameters = {
    purpose: 'sslserver',
    explicitPolicy: true,
    policies: ['1.2.3'],
    hosts: ['a'],
    strict: true,
  } as const;
  const change = fc.record({ part: fc.nat(1), at: fc.nat(2000), byte: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const changed = parts.map((it) => Uint8Array.from(it));
      for (const { part, at, byte } of changes) {
        const bytes = changed[part];
        if (bytes) bytes[at % bytes.length] = byte;
      }
      const [leaf, middle] = changed.map(readOrNothing);
      if (leaf === undefined) return;
      const verdict = verifyCertificate({
        certificate: leaf,
        untrusted: middle ? [middle] : [],
        store: new MemoryTrustStore({ certificates: [root] }),
        crls: [],
        parameters,
        now: () => Date.UTC(2025, 0, 1),
        watch: () => true,
      });
      assert.ok(verdict.chain.length >= 1 && verdict.chain.length <= 3);
    }),
    { numRuns: 300, seed: 3779 },
  );
});

function readOrNothing(bytes: Uint8Array): PathCertificate | undefined {
  try {
    return pathCertificate(bytes);
  } catch (error) {
    assert.ok(error instanceof Malformed);
    return undefined;
  }
}

test('resources of thousands of bytes and elements are looked at once', () => {
  const numbers = Array.from({ length: 5000 }, (_, at) => integer(2 * at));
  const systems = (...elements: readonly Uint8Array[]) =>
    extension('1.3.6.1.5.5.7.1.8', sequence(tagged(0, sequence(...elements))), 'critical');
  const huge = der(Tag.integer, Buffer.alloc(20_000, 1));
  const middle = made({ subject: 'middle', issuer: 'root', extensions: [authority(), systems(...numbers, huge)] });
  const above = made({ subject: 'root', extensions: [authority(), systems(...numbers, huge)] });
  const leaf = made({ subject: 'leaf', issuer: 'middle', extensions: [systems(...numbers)] });
  assert.equal(verified({ leaf, untrusted: [middle], trusted: [above] }).error, 0);
  assert.equal(verified({ leaf, untrusted: [middle] }).error, 46);
});
