import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import type { Way } from '../../connection/observer.ts';
import { CompressedCertificate } from '../../messages/compressed-certificate.ts';
import { EncryptedExtensions } from '../../messages/encrypted-extensions.ts';
import { extensionKinds } from '../../messages/extensions/index.ts';
import { handshakeKinds } from '../../messages/handshake-kinds.ts';
import { encodeMessage } from '../../messages/message.ts';
import { ServerHello } from '../../messages/server-hello.ts';
import { cipherSuites } from '../../names/cipher-suites.ts';
import { ContentType } from '../../names/content-types.ts';
import { Version } from '../../names/versions.ts';
import { protocolTrace } from './trace.ts';
import type { Naming } from './trace-fields.ts';

const tls12 = Version['TLSv1.2'];
const tls13 = Version['TLSv1.3'];

interface Start {
  readonly suite?: number;
  readonly version?: number;
  readonly naming?: Naming;
  readonly extensions?: readonly { readonly type: number; readonly body: Uint8Array }[];
}

/** started begins a trace in which the suite is agreed on. */
function started({ suite = 0x1301, version = tls13, extensions = [], naming = 'reference' }: Start = {}) {
  let text = '';
  const observer = protocolTrace((more) => {
    text += more;
  }, naming);
  const hello = {
    ...{ legacyVersion: Math.min(version, tls12), random: new Uint8Array(32), sessionId: new Uint8Array(0) },
    ...{ cipherSuite: suite, compressionMethod: 0, extensions },
  };
  observer.message?.('write', ContentType.handshake, version, encodeMessage(ServerHello, hello, { version }));
  const helloText = text;
  const handshake = (way: Way, type: number, body: Uint8Array) => {
    const header = Uint8Array.of(type, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff);
    text = '';
    observer.message?.(way, ContentType.handshake, version, Buffer.concat([header, body]));
    return text;
  };
  return { observer, helloText, handshake, printed: () => text };
}

function bytes(hexadecimal: string): Uint8Array {
  return Buffer.from(hexadecimal.replaceAll(' ', ''), 'hex');
}

/** helloBody is the body of a ClientHello with this extensions block. */
function helloBody(block: string): Uint8Array {
  return bytes(`0303${'0a'.repeat(32)} 02 beef 0004 1302 c02f 01 00 ${block}`);
}

function withExtension(type: number, body: string): Uint8Array {
  const length = bytes(body).length;
  const digits = (number: number) => number.toString(16).padStart(4, '0');
  return helloBody(`${digits(length + 4)}${digits(type)}${digits(length)}${body}`);
}

/** extensionText returns the output for one extension of the client, without the hello around it. */
function extensionText(type: number, body: string): string {
  const text = started().handshake('read', 1, withExtension(type, body));
  return text.slice(text.indexOf('extension_type='), -1);
}

test('a record header tells version, content type and length, of DTLS also epoch and number', () => {
  const { observer, printed, helloText } = started();
  observer.record?.('write', bytes('1603030041'), 22);
  assert.equal(
    printed().substring(helloText.length),
    'Sent Record\nHeader:\n  Version = TLS 1.2 (0x303)\n  Content Type = Handshake (22)\n  Length = 65\n',
  );
  const before = printed();
  observer.record?.('read', bytes('17fefd0001000000abcdef0102'), 23);
  assert.equal(
    printed().substring(before.length),
    'Received Record\nHeader:\n  Version = DTLS 1.2 (0xfefd)\n  epoch=1, sequence_number=000000abcdef\n' +
      '  Content Type = ApplicationData (23)\n  Length = 258\n',
  );
});

test('what a protected record holds stands under its header', () => {
  const { observer, printed, helloText } = started();
  observer.inner?.('read', 21, tls13);
  observer.inner?.('read', 99, tls13);
  const lines = '  Inner Content Type = Alert (21)\n  Inner Content Type = UNKNOWN (99)\n';
  assert.equal(printed().substring(helloText.length), lines);
});

test('alerts are named in full, and those of another length are not', () => {
  const { observer, printed, helloText } = started();
  observer.message?.('read', ContentType.alert, tls13, bytes('0230'));
  observer.message?.('read', ContentType.alert, tls13, bytes('05ff'));
  observer.message?.('read', ContentType.alert, tls13, bytes('02'));
  assert.equal(
    printed().substring(helloText.length),
    '    Level=fatal(2), description=unknown CA(48)\n\n' +
      '    Level=unknown(5), description=unknown(255)\n\n    Illegal Alert Length\n\n',
  );
});

test('a ChangeCipherSpec is named, and any other content of it shown', () => {
  const { observer, printed, helloText } = started();
  observer.message?.('write', ContentType.changeCipherSpec, tls12, bytes('01'));
  observer.message?.('write', ContentType.changeCipherSpec, tls12, bytes('02aa'));
  const lines = '    change_cipher_spec (1)\n\n    unknown value (len=2): 02AA\n\n';
  assert.equal(printed().substring(helloText.length), lines);
});

test('a ClientHello is written field by field', () => {
  assert.equal(
    started().handshake('read', 1, withExtension(10, '0004 001d 9999')),
    `    ClientHello, Length=57
      client_version=0x303 (TLS 1.2)
      Random:
        gmt_unix_time=0x0A0A0A0A
        random_bytes (len=28): ${'0A'.repeat(28)}
      session_id (len=2): BEEF
      cipher_suites (len=4)
        {0x13, 0x02} TLS_AES_256_GCM_SHA384
        {0xC0, 0x2F} TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      compression_methods (len=1)
        No Compression (0x00)
      extensions, length = 10
        extension_type=supported_groups(10), length=6
          ecdh_x25519 (29)
          UNKNOWN (39321)

`,
  );
});

test('a ServerHello names the suite, and without extensions says so', () => {
  assert.match(
    started({ version: tls12, suite: 0xc02f }).helloText,
    /session_id \(len=0\): \n {6}cipher_suite \{0xC0, 0x2F\} TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\n {6}compression_method: No Compression \(0x00\)\n {6}No extensions\n\n$/,
  );
});

const shown: readonly (readonly [what: string, type: number, body: string, lines: string])[] = [
  ['max_fragment_length', 1, '02', '          max_fragment_length := 2^10 (1024 bytes) (2)\n'],
  ['max_fragment_length of no limit', 1, '00', '          disabled (0)\n'],
  ['ec_point_formats', 11, '020001', '          uncompressed (0)\n          ansiX962_compressed_prime (1)\n'],
  ['ALPN', 16, '000602683202783a', '          h2\n          x:\n'],
  ['signature_algorithms', 13, '000408040999', '          rsa_pss_rsae_sha256 (0x0804)\n          UNKNOWN (0x0999)\n'],
  ['renegotiation_info', 65281, '00', '            <EMPTY>\n'],
  ['renegotiation_info later', 65281, '02abcd', '            client_verify_data (len=2): ABCD\n'],
  ['session_ticket', 35, 'ab', '            ticket (len=1): AB\n'],
  ['an empty session_ticket', 35, '', ''],
  ['supported_versions', 43, '0403040303', '          TLS 1.3 (772)\n          TLS 1.2 (771)\n'],
  ['psk_key_exchange_modes', 45, '020001', '          psk_ke (0)\n          psk_dhe_ke (1)\n'],
  ['early_data', 42, '', ''],
  ['compress_certificate', 27, '0400010002', '          zlib (1)\n          brotli (2)\n'],
  ['server_certificate_type', 20, '020002', '          x509 (0)\n          rpk (2)\n'],
  [
    'key_share',
    51,
    '0006 0017 0002 0102',
    '            NamedGroup: secp256r1 (P-256) (23)\n            key_exchange:  (len=2): 0102\n',
  ],
  ['one without a form of its own', 0, '6162', '          0000 - 61 62                                          ab\n'],
];

for (const [what, type, body, lines] of shown) {
  test(`of the extensions ${what} is written in its own way`, () => {
    const text = extensionText(type, body);
    assert.equal(text.substring(text.indexOf('\n') + 1), lines);
  });
}

test("a server's extensions have forms of their own", () => {
  const extensions = [
    { type: 43, body: bytes('0304') },
    { type: 51, body: bytes('001d') },
    { type: 65281, body: bytes('04aabbccdd') },
  ];
  const { helloText } = started({ extensions });
  assert.match(helloText, /supported_versions\(43\), length=2\n {12}TLS 1\.3 \(772\)\n/);
  assert.match(helloText, /key_share\(51\), length=2\n {12}NamedGroup: ecdh_x25519 \(29\)\n {8}ext/);
  assert.match(helloText, /client_verify_data \(len=2\): AABB\n {12}server_verify_data \(len=2\): CCDD\n/);
});

test('what is cut short is written as far as it goes', () => {
  const { handshake } = started();
  const after = (block: string) => handshake('read', 1, helloBody(block)).split('No Compression (0x00)\n')[1];
  assert.equal(after('00'), '      Message length parse error!\n\n');
  assert.equal(after('0009'), '      Message length parse error!\n\n');
  assert.equal(after('0002 0000'), '      extensions, length = 2\nMessage length parse error!\n\n');
  assert.equal(
    after('0006 0005 ffff 0102'),
    '      extensions, length = 6\nextensions, extype = 5, extlen = 65535\n' +
      '        0000 - 00 05 ff ff 01 02                              ......\nMessage length parse error!\n\n',
  );
  assert.equal(
    handshake('read', 1, bytes(`0303${'00'.repeat(32)}00 0005 0102`))
      .split('\n')
      .slice(6)
      .join('\n'),
    '      cipher_suites (len=5)\nMessage length parse error!\n\n',
  );
});

test('a list that does not fill its extension is not written', () => {
  const header = (name: string, length: number) =>
    `extension_type=${name}, length=${length}\nMessage length parse error!\n`;
  assert.equal(extensionText(10, '0002 0017 00'), header('supported_groups(10)', 5));
  assert.equal(extensionText(10, '0003 0017 00'), header('supported_groups(10)', 5));
  assert.equal(extensionText(13, '0003 0403 08'), header('signature_algorithms(13)', 5));
  assert.equal(extensionText(1, ''), header('max_fragment_length(1)', 0));
  assert.equal(extensionText(51, '0006 001d 0004 0102'), header('key_share(51)', 8));
});

const exchanges: readonly (readonly [suite: number, method: string, server: string, client: string])[] = [
  [0x009c, 'rsa', '', '        EncryptedPreMasterSecret (len=2): 0102\n'],
  [0x009e, 'DHE', '', '        dh_Yc (len=2): 0102\n'],
  [0x00a8, 'PSK', '        psk_identity_hint (len=2): 0102\n', '        psk_identity (len=2): 0102\n'],
];

for (const [suite, method, server, client] of exchanges) {
  test(`keys that are exchanged by ${method} are written under its names`, () => {
    const { handshake } = started({ suite, version: tls12 });
    const start = `KeyExchange, Length=4\n      KeyExchangeAlgorithm=${method}\n`;
    assert.equal(handshake('read', 16, bytes('00020102')), `    Client${start}${client}\n`);
    if (server !== '') assert.equal(handshake('write', 12, bytes('00020102')), `    Server${start}${server}\n`);
  });
}

test('an ephemeral elliptic key and its signature are written', () => {
  const { handshake } = started({ suite: 0xc02f, version: tls12 });
  assert.equal(
    handshake('write', 12, bytes('03 001d 02 aabb 0804 0001 ff')),
    `    ServerKeyExchange, Length=11
      KeyExchangeAlgorithm=ECDHE
        named_curve: ecdh_x25519 (29)
        point (len=2): AABB
      Signature Algorithm: rsa_pss_rsae_sha256 (0x0804)
      Signature (len=1): FF

`,
  );
  assert.match(handshake('write', 12, bytes('07')), /UNKNOWN CURVE PARAMETER TYPE 7\nMessage length parse error!\n\n$/);
});

test('in SSL 3.0 the encrypted secret is written, and its length missed', () => {
  const { handshake } = started({ suite: 0x002f, version: Version.SSLv3 });
  assert.equal(
    handshake('read', 16, bytes('010203')),
    '    ClientKeyExchange, Length=3\n      KeyExchangeAlgorithm=rsa\n' +
      '        EncryptedPreMasterSecret (len=3): 010203\nMessage length parse error!\n\n',
  );
});

test('tickets, key updates and messages without a form of their own', () => {
  const { handshake } = started();
  assert.equal(
    handshake('write', 4, bytes('00001c20 00000005 01 07 0002 abcd 0008 002a 0004 00004000')),
    `    NewSessionTicket, Length=24
        ticket_lifetime_hint=7200
        ticket_age_add=5
        ticket_nonce (len=1): 07
        ticket (len=2): ABCD
        extensions, length = 8
          extension_type=early_data(42), length=4
            max_early_data=16384

`,
  );
  assert.equal(handshake('write', 4, bytes('')), '    NewSessionTicket, Length=0\n        No Ticket\n\n');
  assert.equal(handshake('read', 24, bytes('01')), '    KeyUpdate, Length=1\n      update_requested (1)\n\n');
  assert.equal(
    handshake('read', 24, bytes('')),
    '    KeyUpdate, Length=0\n      unexpected value (len=0): \nMessage length parse error!\n\n',
  );
  assert.equal(
    handshake('read', 99, bytes('61')),
    '    UNKNOWN, Length=1\n      Unsupported, hex dump follows:\n' +
      '        0000 - 61                                             a\n\n',
  );
  assert.equal(
    handshake('read', 5, bytes('')),
    '    EndOfEarlyData, Length=0\n      Unsupported, hex dump follows:\n\n',
  );
});

test('what is no certificate is said to be none', () => {
  const { handshake } = started();
  assert.equal(
    handshake('read', 11, bytes('00 000007 000002 3000 0000')),
    `    Certificate, Length=11
      context (len=0): 
      certificate_list, length=7
        ASN.1Cert, length=2<UNPARSABLE CERTIFICATE>
<TRAILING GARBAGE AFTER CERTIFICATE>
        No extensions

`,
  );
});

test('a bare public key takes the place of the certificates, once that is agreed on', () => {
  const { handshake, observer } = started();
  const answer = { extensions: [{ type: 19, body: bytes('02') }] };
  const encoded = encodeMessage(EncryptedExtensions, answer, { version: tls13 });
  observer.message?.('write', ContentType.handshake, tls13, encoded);
  const key = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' });
  const body = Buffer.concat([bytes('00 000031 00002c'), key, bytes('0000')]);
  const text = handshake('read', 11, body);
  assert.match(text, /context \(len=0\): \n {6}raw_public_key, length=44\n {8}ED25519 Public-Key:\n {8}pub:\n/);
  assert.match(text, / {8}No extensions\n\n$/);
});

test('a compressed certificate is shown as it came and as it is meant', () => {
  const plain = bytes('00 000000');
  const value = { algorithm: 1, uncompressedLength: 4, compressedCertificateMessage: deflateSync(plain) };
  const encoded = encodeMessage(CompressedCertificate, value, { version: tls13 });
  const text = started().handshake('read', 25, encoded.subarray(4));
  assert.match(
    text,
    /Compression type=zlib \(0x0001\)\n {6}Uncompressed length=4\n {6}Compressed length=\d+, Ratio=0\.\d{6}:1\n {6}0000 - 78/,
  );
  assert.match(text, / {6}context \(len=0\): \n {6}certificate_list, length=0\n\n$/);
});

const versions = [Version.SSLv3, Version.TLSv1, tls12, tls13, Version.DTLSv1, Version['DTLSv1.2']];
const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);

test('any bytes as any message cost bounded work and no exception', () => {
  const types = [...handshakeKinds.keys(), 21, 23, 77, 254];
  const suites = cipherSuites.map(({ code }) => code);
  const way = oneOf<Way>(['read', 'write']);
  const naming = oneOf<Naming>(['reference', 'all']);
  const start = fc.record({ version: oneOf(versions), suite: oneOf(suites), naming });
  const given = [start, oneOf(types), way, fc.uint8Array({ maxLength: 400 })] as const;
  fc.assert(
    fc.property(...given, (settings, type, direction, body) => {
      const text = started(settings).handshake(direction, type, body);
      assert.ok(text.endsWith('\n') && text.length < 2000 + body.length * 80);
    }),
    { numRuns: 3000 },
  );
});

test('any bytes as any extension of any side end in no exception', () => {
  const types = [...extensionKinds.map(({ code }) => code), 4660];
  const given = [oneOf(types), oneOf([1, 2, 8, 13]), fc.uint8Array({ maxLength: 60 })] as const;
  fc.assert(
    fc.property(...given, (type, message, body) => {
      const header = (length: number) => Buffer.from([length >> 8, length & 0xff]);
      const block = Buffer.concat([header(body.length + 4), header(type), header(body.length), body]);
      const start = message === 1 ? helloBody('') : message === 2 ? bytes(`0303${'00'.repeat(32)}00130100`) : bytes('');
      const whole = message === 13 ? Buffer.concat([bytes('00'), block]) : Buffer.concat([start, block]);
      const text = started().handshake(message === 1 ? 'read' : 'write', message, whole);
      assert.match(text, new RegExp(`extension_type=\\S+\\(${type}\\), length=${body.length}\n`));
    }),
    { numRuns: 2000 },
  );
});

test('the largest Certificate message that is taken costs little', () => {
  const list = Buffer.alloc(100_000, 0x30);
  const body = Buffer.concat([
    bytes('00'),
    Buffer.from([list.length >> 16, (list.length >> 8) & 0xff, list.length & 0xff]),
    list,
  ]);
  assert.match(started().handshake('read', 11, body), /Message length parse error!\n\n$/);
});
