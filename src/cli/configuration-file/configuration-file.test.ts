import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { integer, sequence, unsignedInteger } from '../../bytes/der.ts';
import { toPem } from '../../bytes/pem.ts';
import { rfc7919Parameters } from '../../crypto/groups/dh.ts';
import { Version } from '../../names/versions.ts';
import { selfSigned } from '../../x509/issue/self-signed.ts';
import { defaultConfiguration } from '../configuration/configuration.ts';
import { Stop } from '../output/stop.ts';
import { applyNamed, applySystemDefault } from './configuration-file.ts';
import { libraryConfiguration } from './library-configuration.ts';

const folder = mkdtempSync(join(tmpdir(), 'configuration-file-'));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const { key, certificate } = selfSigned({
  names: ['localhost'],
  now: Date.UTC(2026, 0, 1),
  random: (length) => new Uint8Array(length).fill(7),
});
const keyPem = key.export({ type: 'pkcs8', format: 'pem' });
writeFileSync(at('cert.pem'), toPem('CERTIFICATE', certificate));
writeFileSync(at('key.pem'), keyPem);
writeFileSync(at('both.pem'), toPem('CERTIFICATE', certificate) + keyPem);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
writeFileSync(at('other.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
const prime = rfc7919Parameters(2048)?.p ?? new Uint8Array(0);
writeFileSync(at('dh.pem'), toPem('DH PARAMETERS', sequence(unsignedInteger(prime), integer(2))));
const small = Buffer.alloc(64, 0xff);
writeFileSync(at('small.pem'), toPem('DH PARAMETERS', sequence(unsignedInteger(small), integer(2))));

test('the commands of a file do what the options of the same meaning do', () => {
  const { configuration } = named(`
    CipherString = ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=1
    a.Groups = P-384
    minprotocol = TLSv1.1
    MaxProtocol = TLSv1.2
    NumTickets = 3
    RecordPadding = 64
    SignatureAlgorithms = ECDSA+SHA256
    Options = ServerPreference, -SessionTicket,-EncryptThenMac,+NoRenegotiation
  `);
  assert.deepEqual(
    [configuration.minVersion, configuration.maxVersion, configuration.securityLevel],
    [Version['TLSv1.1'], Version['TLSv1.2'], 1],
  );
  assert.deepEqual([configuration.ticketCount, configuration.recordPadding], [3, 64]);
  assert.deepEqual([configuration.serverPreference, configuration.tickets], [true, false]);
  assert.deepEqual([configuration.encryptThenMac, configuration.renegotiation], [false, 'never']);
  assert.deepEqual(
    configuration.groups.map(({ names }) => names[0]),
    ['secp384r1'],
  );
  assert.equal(configuration.signatureAlgorithms?.length, 1);
});

test('Protocol takes versions out and puts them back', () => {
  const disabled = (value: string) => [...named(`Protocol = ${value}`).configuration.disabledVersions];
  assert.deepEqual(disabled('-TLSv1, -tlsv1.1'), [Version.TLSv1, Version['TLSv1.1']]);
  assert.deepEqual(disabled('-ALL, TLSv1.2'), [Version.SSLv3, Version.TLSv1, Version['TLSv1.1'], Version['TLSv1.3']]);
});

test('AntiReplay and AllowNoDHEKEX go both ways', () => {
  const off = named('Options = -AntiReplay,AllowNoDHEKEX').configuration;
  assert.deepEqual([off.antiReplay, off.pskOnly], [false, 'allowed']);
  const back = named('Options = -AntiReplay,AllowNoDHEKEX,AntiReplay,-AllowNoDHEKEX').configuration;
  assert.deepEqual([back.antiReplay, back.pskOnly], [true, 'never']);
});

test('places of trusted certificates and of the names in a request are kept for those who open them', () => {
  const { places, needs } = named(`
    ChainCAFile = x
    VerifyCAPath = y
    RequestCAFile = z
    ClientCAStore = file:w
    Options = KTLS,-CANames
  `);
  assert.deepEqual(places.stores, { chainCAfile: 'x', verifyCApath: 'y' });
  assert.deepEqual(places.names, [
    { kind: 'file', value: 'z' },
    { kind: 'uri', value: 'file:w' },
  ]);
  assert.deepEqual(needs, ['ktls', 'no_ca_names']);
  assert.equal(named('Options = Compression').configuration.compression, true);
});

test('a certificate comes with its key, from a file of its own or from the same', () => {
  for (const commands of [
    `Certificate = ${at('cert.pem')}\nPrivateKey = ${at('key.pem')}`,
    `Certificate = ${at('both.pem')}`,
    `PrivateKey = ${at('other.pem')}\nCertificate = ${at('both.pem')}`,
  ]) {
    const { credentials } = named(commands);
    assert.deepEqual(
      credentials.map((it) => [it.keyType, it.chain.length]),
      [['EC', 1]],
    );
  }
});

test('DH parameters of a file are kept', () => {
  assert.equal(named(`DHParameters = ${at('dh.pem')}`).dhParameters?.p.length, 256);
});

const refused: [string, RegExp][] = [
  ['Foo = 1', /^$/],
  ['no_ticket = 1', /^$/],
  ['Options = Bugs,,Bugs', /^$/],
  ['Options = StrictCertCheck', /^$/],
  ['VerifyMode = Peer', /^$/],
  ['Protocol = TLSv9', /^$/],
  ['NumTickets = -1', /^$/],
  [
    'Groups = BAR\nCipherString = FOO',
    /^\w+:error:0A080106:.*'BAR' cannot be set\n\w+:error:0A0000B9:.*no cipher.*\n$/,
  ],
  ['ECDHParameters = auto', /^\w+:error:0A080106:.*group 'auto' cannot be set\n$/],
  ['Certificate = /nonexistent/file', /:80000002:.*\(\/nonexistent\/file, r\)\n.*:10080002:.*\n.*:0A080002:.*\n$/],
  [
    `Certificate = ${at('key.pem')}`,
    /:0480006C:.*no start line:.*\n.*:0A080009:.*use_certificate_chain_file:PEM lib:.*\n$/,
  ],
  [`Certificate = ${at('cert.pem')}`, /:1E08010C:.*Input type: PEM\n.*:0A080009:.*PEM lib:.*\n$/],
  [`Certificate = ${at('cert.pem')}\nPrivateKey = ${at('other.pem')}`, /^\w+:error:05800074:.*key values mismatch/],
  [`DHParameters = ${at('cert.pem')}`, /^(\w+:error:1E08010C:.*Input type: PEM\n){2}$/],
  [`DHParameters = ${at('small.pem')}`, /^\w+:error:0A00018A:.*dh key too small:.*\n$/],
];
for (const [commands, lines] of refused) {
  test(`${commands.replaceAll(folder, '').replaceAll('\n', ', ')} is refused as the reference refuses it`, () => {
    assert.throws(
      () => named(commands),
      (error) => {
        assert.ok(error instanceof Stop);
        const [, rest = ''] = /^Error using configuration "x"\n(.*)$/s.exec(error.text) ?? [];
        assert.match(rest, lines);
        return true;
      },
    );
  });
}

test('an unknown configuration is refused by its name', () => {
  const start = applySystemDefault(new Map(), defaultConfiguration());
  assert.throws(
    () => applyNamed('foo', new Map(), start),
    (error) => error instanceof Stop && /^Error using configuration "foo"\n.*:0A000071:.*name=foo\n$/s.test(error.text),
  );
});

test('the system default applies as far as it is right, and loads nothing', () => {
  const library = configurationOf(
    `[names]\nsystem_default = s\n[s]\nFoo = 1\nCertificate = ${at('both.pem')}\nMinProtocol = TLSv1.2\n`,
  );
  const { configuration, credentials } = applySystemDefault(library, defaultConfiguration());
  assert.deepEqual([configuration.minVersion, credentials], [Version['TLSv1.2'], []]);
});

test('a file that is missing or bad counts as empty, as does one whose modules are wrong', () => {
  assert.equal(libraryConfiguration({ OPENSSL_CONF: at('nowhere') }).size, 0);
  assert.equal(libraryConfiguration({ OPENSSL_CONF: '' }).size, 0);
  assert.equal(libraryOf('[a\n').size, 0);
  assert.equal(configurationOf('[names]\nx = nothing\n').size, 0);
  assert.equal(
    libraryOf('openssl_conf = top\n[top]\nfoo = 1\nssl_conf.1 = names\n[names]\nx = y\n[y]\na = b\n').size,
    1,
  );
});

const fatal: [string, string, string][] = [
  ['openssl_conf = top\n', '0700007C', 'openssl_conf=top'],
  ['openssl_conf = top\n[top]\nfoo = 1\n', '07000071', 'module=foo'],
  ['openssl_conf = top\n[top]\nssl_conf = x\n', '07000078', 'section=x'],
  ['openssl_conf = top\n[top]\nssl_conf = x\n[x]\n', '07000077', 'section=x'],
  ['openssl_conf = top\n[top]\nssl_conf = x\n[x]\na = b\n', '07000076', 'name=a, value=b'],
  ['openssl_conf = top\n[top]\nssl_conf = x\n[x]\na = b\n[b]\n', '07000075', 'name=a, value=b'],
];
for (const [text, code, extra] of fatal) {
  test(`with config_diagnostics, ${extra} with code ${code} ends the program`, () => {
    assert.throws(
      () => libraryOf(`config_diagnostics = 1\n${text}`),
      (error) =>
        error instanceof Stop &&
        error.text.startsWith('FATAL: Startup failure (dev note: apps_startup()) for openssl\n') &&
        error.text.includes(`:error:${code}:configuration file routines:`) &&
        error.text.includes(`:${extra}\n`),
    );
  });
}

function named(commands: string) {
  const library = configurationOf(`[names]\nx = commands\n[commands]\n${commands}\n`);
  return applyNamed('x', library, applySystemDefault(library, defaultConfiguration()));
}

function configurationOf(text: string) {
  return libraryOf(`openssl_conf = top\n[top]\nssl_conf = names\n${text}`);
}

function libraryOf(text: string) {
  writeFileSync(at('openssl.cnf'), text);
  return libraryConfiguration({ OPENSSL_CONF: at('openssl.cnf') });
}
