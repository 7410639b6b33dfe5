import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CipherSuite, cipherSuiteNamed } from '../../names/cipher-suites.ts';
import { type Group, groupNamed } from '../../names/groups.ts';
import { defaultSignatureSchemes, signatureScheme, signatureSchemes } from '../../names/signature-schemes.ts';
import { Version } from '../../names/versions.ts';
import type { SecurityLevel } from '../flow/settings.ts';
import {
  allowsBits,
  allowsCompression,
  allowsDhBits,
  allowsGroup,
  allowsScheme,
  allowsSuite,
  allowsTickets,
  allowsVersion,
  minimumBits,
  schemeSecurityBits,
} from './security-level.ts';

const levels = [0, 1, 2, 3, 4, 5] as const;

/** The levels that allow something, concatenated: `012`. */
function passes(allows: (level: SecurityLevel) => boolean): string {
  return levels.filter(allows).join('');
}

test('each level asks for more bits', () => {
  assert.deepEqual(levels.map(minimumBits), [0, 80, 112, 128, 192, 256]);
  assert.equal(
    passes((level) => allowsBits(level, 112)),
    '012',
  );
});

test('parameters of less than 80 bits pass at no level', () => {
  assert.equal(
    passes((level) => allowsDhBits(level, 79)),
    '',
  );
  assert.equal(
    passes((level) => allowsDhBits(level, 80)),
    '01',
  );
});

test('suites pass by their strength, authentication, MAC and secrecy', () => {
  const expected = {
    'NULL-SHA256': '0',
    'AES128-SHA': '012',
    'ECDHE-RSA-AES128-SHA': '0123',
    'ECDHE-RSA-AES256-SHA': '0123',
    'ECDHE-RSA-AES256-SHA384': '012345',
    'ECDHE-RSA-AES128-GCM-SHA256': '0123',
    'AES256-GCM-SHA384': '012',
    'DHE-PSK-AES256-GCM-SHA384': '012',
    'ADH-AES256-GCM-SHA384': '0',
    'RC4-SHA': '01',
    'RC4-MD5': '0',
    TLS_AES_128_GCM_SHA256: '0123',
    TLS_AES_256_GCM_SHA384: '012345',
  };
  for (const [name, allowed] of Object.entries(expected)) {
    assert.equal(
      passes((level) => allowsSuite(level, suite(name))),
      allowed,
      name,
    );
  }
});

test('older versions pass at lower levels', () => {
  const expected = {
    SSLv3: '01',
    TLSv1: '012',
    'TLSv1.1': '0123',
    'TLSv1.2': '012345',
    'TLSv1.3': '012345',
    'DTLSv0.9': '0123',
    DTLSv1: '0123',
    'DTLSv1.2': '012345',
  } as const;
  for (const [name, allowed] of Object.entries(expected)) {
    const version = Version[name as keyof typeof expected];
    assert.equal(
      passes((level) => allowsVersion(level, version)),
      allowed,
      name,
    );
  }
});

test('groups pass by their strength', () => {
  for (const [name, allowed] of [
    ['secp192r1', '01'],
    ['secp224r1', '012'],
    ['X25519', '0123'],
    ['X448', '01234'],
    ['P-521', '012345'],
  ] as const) {
    assert.equal(
      passes((level) => allowsGroup(level, known(name))),
      allowed,
      name,
    );
  }
});

test('schemes count half the bits of their hash, SHA-1 fewer', () => {
  const bits = new Map([
    [0x0201, 64],
    [0x0301, 112],
    [0x0403, 128],
    [0x0805, 192],
    [0x080b, 256],
    [0x0807, 128],
    [0x0808, 224],
    [0x0602, 256],
  ]);
  for (const scheme of signatureSchemes) {
    const expected = bits.get(scheme.code);
    if (expected !== undefined) assert.equal(schemeSecurityBits(scheme), expected, scheme.name);
    assert.ok(schemeSecurityBits(scheme) > 0, scheme.name);
  }
});

test('the default level leaves no SHA-1 in the default list', () => {
  const left = defaultSignatureSchemes
    .map(signatureScheme)
    .filter((it) => it !== undefined)
    .filter((it) => allowsScheme(2, it));
  assert.equal(left.length, defaultSignatureSchemes.length - 3);
  assert.ok(left.every(({ name }) => !name.endsWith('sha1')));
});

test('compression and tickets pass at lower levels', () => {
  assert.equal(passes(allowsCompression), '01');
  assert.equal(passes(allowsTickets), '012');
});

function suite(name: string): CipherSuite {
  return cipherSuiteNamed(name) ?? assert.fail(name);
}

function known(name: string): Group {
  return groupNamed(name) ?? assert.fail(name);
}
