import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ja4, ja4Raw } from './ja4.ts';

// The example of technical_details/JA4.md of github.com/FoxIO-LLC/ja4.
const fields = {
  datagrams: false,
  legacyVersion: 0x0303,
  versions: [0x4a4a, 0x0304, 0x0303],
  cipherSuites: codes('1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035'),
  extensions: codes('001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015'),
  signatureAlgorithms: codes('0403,0804,0401,0503,0805,0501,0806,0601'),
  firstProtocol: Buffer.from('h2'),
};

function codes(list: string): number[] {
  return list.split(',').map((digits) => Number.parseInt(digits, 16));
}

test('JA4 is what its authors publish for a hello', () => {
  assert.equal(ja4(fields), 't13d1516h2_8daaf6152771_e5627efa2ab1');
  assert.equal(
    ja4Raw(fields),
    't13d1516h2_002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9_0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01_0403,0804,0401,0503,0805,0501,0806,0601',
  );
});

test('without signature algorithms the list of extensions stands alone', () => {
  assert.match(ja4({ ...fields, signatureAlgorithms: [] }), /_6d807ffa2a79$/);
});

test('what there is nothing of is zeros', () => {
  const bare = { ...fields, versions: [], cipherSuites: [], extensions: [], signatureAlgorithms: [] };
  assert.equal(ja4({ ...bare, firstProtocol: undefined }), 't12i000000_000000000000_000000000000');
});

test('values of RFC 8701 do not count', () => {
  const grease = 0x2a2a;
  const greased = {
    ...fields,
    cipherSuites: [grease, ...fields.cipherSuites],
    extensions: [grease, ...fields.extensions, grease],
    signatureAlgorithms: [grease, ...fields.signatureAlgorithms],
  };
  assert.equal(ja4(greased), ja4(fields));
});

test('of DTLS the highest version is the lowest number', () => {
  const datagrams = { ...fields, datagrams: true, legacyVersion: 0xfefd };
  assert.match(ja4({ ...datagrams, versions: [0xfefd, 0xfefc] }), /^dd3d/);
  assert.match(ja4({ ...datagrams, versions: [] }), /^dd2d/);
});

test('a protocol that is not of letters and digits shows in hexadecimal', () => {
  const ends = (hex: string) => ja4({ ...fields, firstProtocol: Buffer.from(hex, 'hex') }).slice(8, 10);
  assert.deepEqual(['ab', 'abcd', '30ab', '3031abcd', '30abcd31', '', '68'].map(ends), [
    ...['ab', 'ad', '3b', '3d', '01', '00', 'hh'],
  ]);
});

test('more than 99 are 99', () => {
  const cipherSuites = Array.from({ length: 120 }, (_, index) => 0x3000 + index);
  assert.match(ja4({ ...fields, cipherSuites }), /^t13d9916/);
});
