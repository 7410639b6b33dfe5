import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AlertDescription, alert, alerts } from './alerts.ts';
import {
  cipherSuite,
  cipherSuiteNamed,
  cipherSuites,
  emptyRenegotiationInfoScsv,
  fallbackScsv,
} from './cipher-suites.ts';
import { extensionDebugName, extensionTraceName } from './extensions.ts';
import { defaultGroups, group, groupNamed, groups, groupTraceName } from './groups.ts';
import { handshakeTypeName } from './handshake-types.ts';
import {
  laterExtensionName,
  laterGroupName,
  laterHandshakeTypeName,
  laterSchemeName,
  laterSuiteName,
  laterVersionName,
} from './later-names.ts';
import { problems } from './problems.ts';
import { defaultSignatureSchemes, signatureScheme, signatureSchemes } from './signature-schemes.ts';
import { State } from './states.ts';
import { traceCipherName } from './trace-cipher-names.ts';
import { verifyErrorAlert, verifyErrorText } from './verify-errors.ts';
import { Version, type VersionName, versionLabel } from './versions.ts';

test('every cipher suite of the table is known with all its properties', () => {
  const signals = new Set([emptyRenegotiationInfoScsv, fallbackScsv]);
  const rows = table('cipher-suites').filter((row) => !signals.has(Number(row.code)));
  for (const row of rows) {
    const code = Number(row.code);
    assert.deepEqual(
      cipherSuite(code),
      {
        code,
        name: row.openssl_name,
        ianaName: row.iana_name === 'NULL' ? undefined : row.iana_name,
        keyExchange: replaced(row.kx, { DH: 'DHE', ECDH: 'ECDHE', ANY: 'any' }),
        authentication: replaced(row.au, { NULL: 'None', ANY: 'any', 'GOST12 | GOST01': 'GOST12' }),
        encryption: replaced(row.enc, encryptions),
        mac: row.mac,
        minVersion: version(row.min_tls),
        maxVersion: version(row.max_tls),
        minDtls: version(row.min_dtls),
        maxDtls: version(row.max_dtls),
        strengthBits: Number(row.strength_bits),
        algorithmBits: Number(row.alg_bits),
        strength: /HIGH|MEDIUM|NONE/.exec(row.strength_class ?? '')?.[0],
        prf: prfs.find(([word]) => row.prf_mac?.startsWith(word))?.[1],
        notDefault: row.strength_class?.includes('NOT_DEFAULT'),
        fips: row.strength_class?.includes('FIPS'),
        built: row.in_debian12_build === 'y',
      },
      row.openssl_name,
    );
  }
  assert.deepEqual(codes(cipherSuites), sorted(rows.map((row) => Number(row.code))));
});

test('a cipher suite is found by both of its names', () => {
  assert.equal(cipherSuiteNamed('AES128-SHA')?.code, 0x002f);
  assert.equal(cipherSuiteNamed('TLS_RSA_WITH_AES_128_CBC_SHA')?.code, 0x002f);
  assert.equal(cipherSuiteNamed('AES128'), undefined);
});

test('every named group of the table is known with all its properties', () => {
  const rows = table('groups');
  const named = rows.filter((row) => row['names_4.0'] !== '');
  for (const row of named) {
    const code = Number(row.id);
    assert.deepEqual(
      group(code),
      {
        code,
        names: older(row, 'names').split('/'),
        traceName: older(row, 'trace_name'),
        securityBits: Number(row.security_bits),
        use: row.min_tls === 'TLSv1.3' ? 'TLSv1.3' : row.max_tls === 'any' ? 'any' : 'upToTLSv1.2',
        newer: row['names_3.0'] === '',
      },
      row.hex,
    );
  }
  assert.deepEqual(codes(groups), sorted(named.map((row) => Number(row.id))));
  for (const row of rows) assert.equal(groupTraceName(Number(row.id)), older(row, 'trace_name'), row.hex);
  assert.deepEqual(defaultGroups, inOrder(rows, 'default_pos_3.0', 'id'));
});

test('a group is found by its names in any case', () => {
  assert.equal(groupNamed('p-256'), group(0x0017));
  assert.equal(groupNamed('X25519'), group(0x001d));
  assert.equal(groupNamed('P-257'), undefined);
});

test('every signature scheme of the table is known with all its properties', () => {
  const rows = table('signature-schemes');
  for (const row of rows) {
    const code = Number(row.code);
    assert.deepEqual(
      signatureScheme(code),
      {
        code,
        name: older(row, 'trace_name'),
        line: row['sigalgs_line_3.0'] || row['config_name12_4.0'] || row['config_name_4.0'],
        securityDebugName: row.security_debug_scheme || undefined,
        tls13: row.usable_in_tls13_handshake === 'yes',
        newer: row['trace_name_3.0'] === '',
      },
      row.code,
    );
  }
  assert.deepEqual(codes(signatureSchemes), sorted(rows.map((row) => Number(row.code))));
  // The reference has the GOST schemes in its list too, but not in its build.
  const usual = rows.filter((row) => !row['trace_name_3.0']?.startsWith('gost'));
  assert.deepEqual(defaultSignatureSchemes, inOrder(usual, 'default_pos_3.0', 'code'));
});

test('every alert of the table is known by its names and its reason', () => {
  const rows = table('alerts');
  for (const row of rows) {
    const code = Number(row.number);
    const known = alert(code);
    assert.ok(known, row.number);
    if (row.iana_name !== '') assert.equal(known.name, row.iana_name);
    assert.deepEqual(
      [known.msgName, known.longName, known.shortName, known.receivedReason],
      [row.msg_name, row['long_name_3.0'], row.short_code, row['reason_text_3.0']],
      row.number,
    );
  }
  assert.deepEqual(codes(alerts), sorted(rows.map((row) => Number(row.number))));
});

test('the alerts that are sent have the numbers of the table', () => {
  for (const [name, code] of Object.entries(AlertDescription)) {
    assert.equal(alert(code)?.name.replace('_RESERVED', ''), name);
  }
});

test('every extension of the table is known by its printed names', () => {
  for (const row of table('extensions')) {
    assert.equal(extensionTraceName(Number(row.id)), older(row, 'trace_name'), row.id);
    assert.equal(extensionDebugName(Number(row.id)), older(row, 'tlsextdebug_name'), row.id);
  }
  assert.equal(extensionTraceName(17), undefined);
  assert.equal(extensionDebugName(17), undefined);
});

test('every handshake type of the table is known by its name', () => {
  for (const row of table('handshake-types')) {
    assert.equal(handshakeTypeName(Number(row.number)), row['trace_name_3.0'] || row['trace_name_4.0'], row.number);
  }
  assert.equal(handshakeTypeName(99), undefined);
});

test('every verification error of the table is known by its text and its alert', () => {
  for (const row of table('verify-errors')) {
    const number = Number(row.number);
    assert.equal(verifyErrorText(number), older(row, 'text') || 'unknown certificate verification error', row.symbol);
    assert.equal(verifyErrorAlert(number), row.alert_sent_on_return_error || 'certificate_unknown', row.symbol);
  }
  assert.equal(verifyErrorText(9999), 'unknown certificate verification error');
});

test('every problem has the number and the text of its reason', () => {
  const texts = new Map(table('ssl-reasons').map((row) => [Number(row.reason), older(row, 'text')]));
  for (const [name, { reason, text }] of Object.entries(problems)) {
    // Reasons above this are shared by all of the reference's libraries.
    if (reason < 0x80000) assert.equal(text, texts.get(reason) ?? `reason(${reason})`, name);
  }
});

test('the states are those of a server in the table', () => {
  const server = /^D?TLS_ST_(SR_|SW_|BEFORE|OK|EARLY_DATA)/;
  const texts = table('states')
    .filter((row) => server.test(row.state ?? '') && row['long_3.0'] !== '')
    .map((row) => row['long_3.0']);
  // States missing in OpenSSL 3.0, as 3.5 names them.
  const newer = ['TLSv1.3 write server compressed certificate', 'TLSv1.3 read client compressed certificate'];
  assert.deepEqual(new Set(Object.values(State)), new Set([...texts, ...newer, 'error']));
});

test('the tracer knows every suite of the table by the name of OpenSSL 3.0', () => {
  const seen = new Set<number>();
  for (const row of table('trace-cipher-names')) {
    const code = Number(row.code);
    if (!seen.has(code)) assert.equal(traceCipherName(code), row['trace_name_3.0'] || undefined, row.code);
    seen.add(code);
  }
  assert.equal(traceCipherName(0x0a0a), undefined);
});

test('a later name is never one that the tables have already', () => {
  const known: readonly (readonly [(code: number) => string | undefined, (code: number) => string | undefined])[] = [
    [extensionTraceName, laterExtensionName],
    [groupTraceName, laterGroupName],
    [(code) => signatureScheme(code)?.name, laterSchemeName],
    [traceCipherName, (code) => (cipherSuite(code) ? undefined : laterSuiteName(code))],
    [handshakeTypeName, laterHandshakeTypeName],
    [versionLabel, laterVersionName],
  ];
  for (const [name, laterName] of known) {
    for (let code = 0; code < 0x10000; code++) {
      if (name(code) !== undefined) assert.equal(laterName(code), undefined, `0x${code.toString(16)}`);
    }
  }
});

test('no value of GREASE has a name', () => {
  for (const name of [laterExtensionName, laterGroupName, laterSchemeName, laterSuiteName, laterVersionName]) {
    for (let code = 0x0a0a; code < 0x10000; code += 0x1010) assert.equal(name(code), undefined);
  }
});

const dissected = tsharkNames();

test('every code point that tshark names is named', { skip: dissected.length === 0 && 'no tshark 4.0' }, () => {
  const names: Readonly<Record<string, (code: number) => string | undefined>> = {
    'tls.handshake.ciphersuite': (code) => traceCipherName(code) ?? laterSuiteName(code),
    'tls.handshake.extensions_supported_group': (code) => groupTraceName(code) ?? laterGroupName(code),
    'tls.handshake.sig_hash_alg': (code) => signatureScheme(code)?.name ?? laterSchemeName(code),
    'tls.handshake.extension.type': (code) => extensionTraceName(code) ?? laterExtensionName(code),
    'dtls.handshake.type': (code) => handshakeTypeName(code) ?? laterHandshakeTypeName(code),
    'tls.handshake.extensions.supported_version': (code) => versionLabel(code) ?? laterVersionName(code),
    'tls.alert_message.desc': (code) => alert(code)?.name,
  };
  for (const [field, code, text] of dissected) {
    const name = names[field];
    if (name && !/grease/i.test(text)) assert.ok(name(code), `${field} 0x${code.toString(16)} ${text}`);
  }
});

/** tsharkNames are the rows of the release that the tables were compared with; later releases add drafts. */
function tsharkNames(): readonly (readonly [field: string, code: number, text: string])[] {
  if (!/^TShark.* 4\.0\./.test(spawnSync('tshark', ['-v'], { encoding: 'utf8' }).stdout ?? '')) return [];
  const { stdout } = spawnSync('tshark', ['-G', 'values'], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const rows = stdout.split('\n').map((line) => line.split('\t'));
  return rows.flatMap(([kind, field = '', code, text = '']) => (kind === 'V' ? [[field, Number(code), text]] : []));
}

type Row = Readonly<Record<string, string | undefined>>;

/** Rows by column name; lines that begin with `#` explain the table. */
function table(name: string): Row[] {
  const lines = readFileSync(join(root(), 'test', 'tables', `${name}.tsv`), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [columns = [], ...rows] = lines.map((line) => line.split('\t'));
  return rows.map((cells) => Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])));
}

function root(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** The 3.0 column or, for later additions, the 4.0 column. */
function older(row: Row, column: string): string {
  return row[`${column}_3.0`] || row[`${column}_4.0`] || '';
}

function inOrder(rows: readonly Row[], position: string, code: string): number[] {
  return rows
    .filter((row) => row[position] !== '')
    .sort((one, other) => Number(one[position]) - Number(other[position]))
    .map((row) => Number(row[code]));
}

function codes(known: readonly { code: number }[]): number[] {
  return sorted(known.map(({ code }) => code));
}

function sorted(numbers: readonly number[]): number[] {
  return [...numbers].sort((one, other) => one - other);
}

function replaced(word: string | undefined, words: Readonly<Record<string, string>>): string | undefined {
  return words[word ?? ''] ?? word;
}

function version(word: string | undefined): number | undefined {
  return word ? Version[word as VersionName] : undefined;
}

const encryptions = {
  RC4: 'RC4(128)',
  IDEA: 'IDEA(128)',
  SEED: 'SEED(128)',
  AES128CCM: 'AESCCM(128)',
  AES128CCM8: 'AESCCM8(128)',
  SM4CCM: 'SM4CCM(128)',
  SM4GCM: 'SM4GCM(128)',
  eNULL: 'None',
};

const prfs = [
  ['SHA384', 'sha384'],
  ['SHA256', 'sha256'],
  ['SM3', 'sm3'],
  ['GOST', 'gost'],
  ['DEFAULT', 'default'],
] as const;
