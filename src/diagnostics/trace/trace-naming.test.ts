import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContentType } from '../../names/content-types.ts';
import { Version } from '../../names/versions.ts';
import { protocolTrace } from './trace.ts';
import type { Naming } from './trace-fields.ts';

const version = Version['TLSv1.3'];

/** traced is the output for what a client sends. */
function traced(naming: Naming, messages: readonly (readonly [contentType: number, hexadecimal: string])[]): string {
  let text = '';
  const observer = protocolTrace((more) => {
    text += more;
  }, naming);
  for (const [contentType, hexadecimal] of messages) {
    observer.message?.('read', contentType, version, bytes(hexadecimal));
  }
  return text;
}

function bytes(hexadecimal: string): Uint8Array {
  return Buffer.from(hexadecimal.replaceAll(' ', ''), 'hex');
}

test('code points that OpenSSL 3.0 prints as unknown are named when all names are asked for', () => {
  const hello =
    `01 000059 fefc${'0a'.repeat(32)} 00 0008 1306 0a0a 00c6 fff1 01 40 0028 0a0a 0000 0036 0001 00 ` +
    '000a 0006 0004 2a2a 4138 000d 0006 0004 091a 3a3a 002d 0003 02 0b 01 fff1 0000';
  const names = [
    ...['(DTLS 1.3)', '{0x13, 0x06} TLS_AEGIS_256_SHA512', '{0x0A, 0x0A} GREASE', '{0x00, 0xC6} TLS_SM4_GCM_SM3'],
    ...['LZS Compression (0x40)', '=GREASE(2570)', '=connection_id(54)', 'GREASE (10794)', 'CECPQ2 (16696)'],
    ...['slhdsa_shake_192f (0x091a)', 'GREASE (0x3a3a)', 'GREASE (11)'],
  ];
  const [all, reference] = [
    traced('all', [[ContentType.handshake, hello]]),
    traced('reference', [[ContentType.handshake, hello]]),
  ];
  for (const name of names) assert.ok(all.includes(name) && !reference.includes(name), `${name} in ${all}`);
  for (const name of ['{0xFF, 0xF1} UNKNOWN', '=UNKNOWN(65521)'])
    assert.ok(all.includes(name) && reference.includes(name));
});

test('records, alerts and messages that are newer than OpenSSL 3.0 are named when asked for', () => {
  const messages = [
    [ContentType.alert, '0274'],
    [ContentType.handshake, '11000000'],
  ] as const;
  assert.match(traced('all', messages), /=certificate_required\(116\)\n\n {4}ClientCertificateRequest, /);
  assert.match(traced('reference', messages), /=unknown\(116\)\n\n {4}UNKNOWN, /);
  const record = (naming: Naming) => {
    const printed: string[] = [];
    protocolTrace((text) => printed.push(text), naming).record?.('read', bytes('19fefd0001000000abcdef0002'), 25);
    return printed.join('');
  };
  assert.match(record('all'), /Content Type = tls12_cid \(25\)/);
  assert.match(record('reference'), /Content Type = UNKNOWN \(25\)/);
});
