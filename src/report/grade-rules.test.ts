import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientHello } from '../messages/client-hello.ts';
import { type Grade, graded, grades, rules } from './grade-rules.ts';
import { blameless, extensionOf, helloJson, madeHello, withExtension } from './hello.test.fixture.ts';
import { Offer } from './offer.ts';

/** Hellos with at most one fault, the grade that it leads to, and the rules that apply. */
const faults: readonly (readonly [
  offers: string,
  fields: Partial<ClientHello>,
  grade: Grade,
  ids: readonly string[],
])[] = [
  ['nothing old', {}, 'A+', []],
  [
    'TLS 1.1 too',
    { extensions: withExtension('versions', extensionOf(43, '06 0304 0303 0302')) },
    'B',
    ['old-versions'],
  ],
  ['TLS 1.2 and GREASE', { extensions: withExtension('versions', extensionOf(43, '04 0a0a 0303')) }, 'A', ['no-tls13']],
  ['TLS 1.2 by its legacy version', { extensions: withExtension('versions') }, 'A', ['no-tls13']],
  [
    'TLS 1.0 alone',
    { legacyVersion: 0x0301, extensions: withExtension('versions') },
    'F',
    ['only-old-versions', 'old-versions', 'no-tls13'],
  ],
  ['a suite with NULL', { cipherSuites: [0x1301, 0xc006] }, 'F', ['null-suites']],
  ['a suite of TLS 1.3 without encryption', { cipherSuites: [0x1301, 0xc0b4] }, 'F', ['null-suites']],
  ['a suite for export', { cipherSuites: [0x1301, 0x0008] }, 'F', ['export-suites', 'des-suites', 'static-keys']],
  ['a suite with an anonymous server', { cipherSuites: [0x1301, 0xc018] }, 'F', ['anonymous-suites']],
  ['a suite with DES', { cipherSuites: [0x1301, 0x0015] }, 'F', ['des-suites']],
  ['a suite with RC4', { cipherSuites: [0x1301, 0xc011] }, 'D', ['rc4-suites']],
  ['a suite with 3DES', { cipherSuites: [0x1301, 0xc012] }, 'C', ['3des-suites']],
  ['a suite with RSA key transport', { cipherSuites: [0x1301, 0x009c] }, 'A', ['static-keys']],
  ['a suite with static ECDH', { cipherSuites: [0x1301, 0xc031] }, 'A', ['static-keys']],
  [
    'only RSA key transport, and a signal',
    { cipherSuites: [0x009c, 0x00ff] },
    'D',
    ['no-forward-secrecy', 'static-keys'],
  ],
  ['a suite with a PSK alone', { cipherSuites: [0x1301, 0x00a8] }, 'B', ['psk-alone']],
  ['a suite with a PSK under RSA', { cipherSuites: [0x1301, 0x00ac] }, 'B', ['psk-alone']],
  ['the mode psk_ke', { extensions: withExtension('pskModes', extensionOf(45, '02 00 01')) }, 'B', ['psk-alone']],
  [
    'a scheme with MD5',
    { extensions: withExtension('schemes', extensionOf(13, '0004 0403 0101')) },
    'D',
    ['md5-schemes'],
  ],
  [
    'a scheme with SHA-1',
    { extensions: withExtension('schemes', extensionOf(13, '0004 0403 0201')) },
    'B',
    ['sha1-schemes'],
  ],
  [
    'a scheme with SHA-1 for certificates',
    { extensions: [...withExtension('groups'), extensionOf(50, '0002 0203')] },
    'B',
    ['sha1-schemes'],
  ],
  ['no schemes, in TLS 1.2', { extensions: withExtension('schemes') }, 'B', ['sha1-schemes']],
  [
    'no extended master secret',
    { extensions: withExtension('extendedMasterSecret') },
    'B',
    ['no-extended-master-secret'],
  ],
  ['no renegotiation_info', { extensions: withExtension('renegotiation') }, 'C', ['no-secure-renegotiation']],
  [
    'the signal of RFC 5746 instead',
    { extensions: withExtension('renegotiation'), cipherSuites: [0x1301, 0x00ff] },
    'A+',
    [],
  ],
  ['compression', { compressionMethods: [1, 0] }, 'C', ['compression']],
  // Neither of the two is of use in TLS 1.3.
  [
    'TLS 1.3 alone, without extensions for TLS 1.2',
    { extensions: [extensionOf(43, '02 0304'), blameless.schemes] },
    'A+',
    [],
  ],
  [
    'DTLS 1.3 alone, without extensions for TLS 1.2',
    { extensions: [extensionOf(43, '02 fefc'), blameless.schemes] },
    'A+',
    [],
  ],
];

for (const [offers, fields, grade, ids] of faults) {
  test(`a hello that offers ${offers} has the grade ${grade}`, () => {
    const found = graded(new Offer(helloJson(madeHello(fields))));
    assert.equal(found.grade, grade);
    assert.deepEqual(
      found.findings.map(({ rule }) => rule),
      ids,
    );
  });
}

test('every rule applies to one of these hellos, has its own id, a cap below A+ and a source', () => {
  const seen = new Set(faults.flatMap(([, , , ids]) => ids));
  assert.deepEqual(
    rules.map(({ id }) => id).filter((id) => !seen.has(id)),
    [],
  );
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  assert.ok(rules.every(({ cap, source }) => grades.indexOf(cap) > 0 && /^RFC \d{4}/.test(source)));
});

test('the lowest cap is the grade', () => {
  const worst = graded(new Offer(helloJson(madeHello({ cipherSuites: [0xc011, 0xc012], compressionMethods: [1, 0] }))));
  assert.equal(worst.grade, 'D');
  assert.deepEqual(
    worst.findings.map(({ rule, because }) => [rule, because.map(({ name }) => name)]),
    [
      ['rc4-suites', ['TLS_ECDHE_RSA_WITH_RC4_128_SHA']],
      ['3des-suites', ['TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA']],
      ['compression', []],
    ],
  );
});
