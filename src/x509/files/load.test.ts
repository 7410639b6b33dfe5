import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { elementAt, integer, sequence } from '../../bytes/der.ts';
import { toPem } from '../../bytes/pem.ts';
import { Structure } from '../asn1/structure.ts';
import { testCertificate } from '../certificates/certificate.test.fixture.ts';
import { checkKeyMatches } from './credential.ts';
import { loadCertificate, loadCertificates, loadPrivateKey, loadPublicKeys } from './load.ts';
import { LoadFailure } from './load-failure.ts';

const folder = mkdtempSync(join(tmpdir(), 'load-'));
after(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(...contents: readonly (string | Uint8Array)[]): string {
  const path = join(folder, `${files++}`);
  writeFileSync(path, Buffer.concat(contents.map((it) => Buffer.from(it))));
  return path;
}

const keyName = 'server certificate private key';
const password = Buffer.from('secret');
const loadKey = (path: string) => loadPrivateKey({ file: path, description: keyName, password });
const certificateOf = (path: string) => loadCertificate({ file: path, description: 'server certificate' });
const chainOf = (path: string) => loadCertificates({ file: path, description: 'server certificate chain' });

const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const { privateKey: ec, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const certificate = testCertificate({ key: ec });
const second = testCertificate({ key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey });
const certificatePem = toPem('CERTIFICATE', certificate);
const encrypted = { cipher: 'aes-128-cbc', passphrase: 'secret' };
const pem = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1', encryption = {}) =>
  key.export({ type: type as 'pkcs8', format: 'pem', ...encryption }).toString();
const binary = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1', encryption = {}) =>
  key.export({ type: type as 'pkcs8', format: 'der', ...encryption });

test('a private key is found in whatever form it has', () => {
  const forms: [KeyObject, string | Uint8Array][] = [
    [rsa, pem(rsa, 'pkcs8')],
    [rsa, pem(rsa, 'pkcs1')],
    [ec, pem(ec, 'sec1')],
    [rsa, binary(rsa, 'pkcs8')],
    [rsa, binary(rsa, 'pkcs1')],
    [ec, binary(ec, 'sec1')],
    [rsa, pem(rsa, 'pkcs8', encrypted)],
    [rsa, pem(rsa, 'pkcs1', encrypted)],
    [ec, pem(ec, 'sec1', encrypted)],
    [rsa, binary(rsa, 'pkcs8', encrypted)],
    [ec, certificatePem + pem(ec, 'pkcs8')],
    [ec, `a line of text\n${pem(ec, 'sec1')}${certificatePem}`],
    [ec, pem(ec, 'sec1').replaceAll('\n', '\r\n')],
  ];
  forms.forEach(([key, content], at) => {
    assert.ok(loadKey(file(content)).equals(key), `form ${at}`);
  });
});

test('an ML-DSA key is found in each form that OpenSSL writes, encrypted too', () => {
  const vectors = 'test/vectors/ml-dsa';
  const leaf = certificateOf(join(vectors, 'certificate.pem'));
  const names = readdirSync(join(vectors, 'forms'));
  assert.equal(names.length, 13);
  for (const name of names) checkKeyMatches(loadKey(join(vectors, 'forms', name)), leaf);
});

test('a public key is found in keys of either kind, in certificates and in PKCS #12', () => {
  const password = Buffer.from('secret');
  const keysOf = (path: string) =>
    loadPublicKeys({ file: path, description: 'expected public keys', password }).map((it) => Buffer.from(it));
  const rsaPublic = createPublicKey(rsa);
  const info = rsaPublic.export({ type: 'spki', format: 'der' });
  for (const content of [
    rsaPublic.export({ type: 'spki', format: 'pem' }),
    rsaPublic.export({ type: 'pkcs1', format: 'pem' }),
    info,
    rsaPublic.export({ type: 'pkcs1', format: 'der' }),
    pem(rsa, 'pkcs1'),
    pem(rsa, 'pkcs8', encrypted),
    binary(rsa, 'pkcs8'),
  ])
    assert.deepEqual(keysOf(file(content)), [info]);
  const ofEc = publicKey.export({ type: 'spki', format: 'der' });
  assert.deepEqual(keysOf(file(certificate)), [ofEc]);
  assert.deepEqual(keysOf(file(certificatePem, pem(rsa, 'pkcs1'))), [ofEc, info]);
  const [ofKey, ofCertificate, ...others] = keysOf('test/vectors/pkcs12/pbmac1.p12');
  assert.deepEqual([ofKey, others], [ofCertificate, []]);
  assert.throws(() => keysOf(file('text')), LoadFailure);
});

test('a private key is found under the label of another kind, where OpenSSL finds it', () => {
  const relabelled = (text: string, label: string) => text.replaceAll(/(BEGIN|END) [A-Z ]+-----/g, `$1 ${label}-----`);
  const everywhere = ['RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'PUBLIC KEY', 'EC PARAMETERS'];
  for (const label of everywhere) {
    assert.ok(loadKey(file(relabelled(pem(ec, 'pkcs8'), label))).equals(ec), label);
    assert.ok(loadKey(file(relabelled(pem(ec, 'pkcs8', encrypted), label))).equals(ec), label);
  }
  for (const label of ['PRIVATE KEY', 'PUBLIC KEY', 'EC PARAMETERS']) {
    assert.ok(loadKey(file(relabelled(pem(ec, 'sec1'), label))).equals(ec), label);
  }
  for (const label of ['RSA PRIVATE KEY', 'DSA PRIVATE KEY', 'DH PARAMETERS', 'ANY PRIVATE KEY', 'CERTIFICATE']) {
    assert.throws(() => loadKey(file(relabelled(pem(ec, 'sec1'), label))), LoadFailure, label);
  }
  assert.throws(() => loadKey(file(relabelled(pem(ec, 'pkcs8'), 'ANY PRIVATE KEY'))), LoadFailure);
});

test('keys and certificates in indefinite lengths are found', () => {
  const indefinite = (whole: Uint8Array) => {
    const { body, end } = elementAt(whole, 0);
    assert.equal(end, whole.length);
    return Buffer.concat([Buffer.of(0x30, 0x80), body, Buffer.of(0, 0)]);
  };
  assert.ok(loadKey(file(indefinite(binary(ec, 'pkcs8')))).equals(ec));
  assert.ok(loadKey(file(toPem('EC PRIVATE KEY', indefinite(binary(ec, 'sec1'))))).equals(ec));
  const found = certificateOf(file(indefinite(certificate), indefinite(second)));
  assert.deepEqual(Buffer.from(found), Buffer.from(certificate));
});

test('blocks that cannot be read do not take others with them', () => {
  const broken = [certificatePem.replace('\n', '\n\n\n'), toPem('CERTIFICATE', certificate.subarray(0, 50))];
  for (const it of broken) {
    const content = file(it, certificatePem);
    assert.deepEqual(Buffer.from(certificateOf(content)), Buffer.from(certificate));
    assert.equal(chainOf(content).length, 1);
  }
});

test('a DSA key in its own binary form is found', () => {
  const { privateKey: dsa } = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
  assert.ok(loadKey(file(traditionalDsa(dsa))).equals(dsa));
});

test('a file URI names an absolute path', () => {
  const path = file(pem(ec, 'pkcs8'));
  for (const uri of [`file:${path}`, `file://${path}`, `file://localhost${path}`, `FILE:${path}`])
    assert.ok(loadKey(uri).equals(ec), uri);
});

test('a certificate is found in PEM and DER, with or without trust settings, before or behind a key', () => {
  const trusted = toPem('TRUSTED CERTIFICATE', Buffer.concat([certificate, sequence(sequence(integer(1)))]));
  for (const content of [
    certificatePem,
    certificate,
    pem(ec, 'pkcs8') + certificatePem,
    certificatePem + pem(ec, 'pkcs8'),
    toPem('X509 CERTIFICATE', certificate),
    trusted,
    toPem('CERTIFICATE', Buffer.of(0x30, 0)) + certificatePem,
  ])
    assert.deepEqual(Buffer.from(certificateOf(file(content))), Buffer.from(certificate));
});

test('a chain is all certificates of a file', () => {
  const both = [certificate, second].map((it) => Buffer.from(it).toString('hex'));
  for (const content of [
    [certificatePem, pem(ec, 'pkcs8'), toPem('CERTIFICATE', second)],
    [certificate, second],
  ])
    assert.deepEqual(
      chainOf(file(...content)).map((it) => Buffer.from(it).toString('hex')),
      both,
    );
});

test('a file that is not there is told with the lines of the reference', () => {
  const missing = join(folder, 'none');
  const lines = [
    '44/105 unregistered scheme (scheme=file)',
    `2/2 No such file or directory (calling stat(${missing}))`,
  ];
  const sentence = 'Could not open file or uri for loading';
  fails(() => loadKey(missing), `${sentence} ${keyName} from ${missing}`, lines);
  const unable = 'Unable to load server certificate';
  fails(() => certificateOf(missing), `${sentence} server certificate from ${missing}`, lines, unable);
  fails(() => chainOf(missing), `${sentence} certs of server certificate chain from ${missing}`, lines);
  const inFile = join(file('x'), 'y');
  fails(() => loadKey(inFile), `${sentence} ${keyName} from ${inFile}`, [
    lines[0] ?? '',
    `2/20 Not a directory (calling stat(${inFile}))`,
  ]);
});

test('a URI that cannot be opened is told', () => {
  const sentence = `Could not open file or uri for loading ${keyName} from`;
  const scheme = (name: string) => `44/105 unregistered scheme (scheme=${name})`;
  const texts = (uri: string) => failureOf(() => loadKey(uri)).lines.map(({ text, extra }) => `${text} ${extra ?? ''}`);
  assert.equal(failureOf(() => loadKey('file:x')).message, `${sentence} file:x`);
  assert.equal(texts('file:x')[2], 'path must be absolute Given path=x');
  assert.equal(texts('file://host/x')[1], 'uri authority unsupported ');
  assert.deepEqual(texts('http://x').length, 2);
  assert.deepEqual(texts('zzz:x').length, 4);
  assert.equal(linesOf(failureOf(() => loadKey('http://x')))[0], scheme('http'));
});

test('content of another kind is told', () => {
  const unsupported = '44/524556 unsupported';
  const key = (path: string) => `Could not read ${keyName} from ${path}`;
  const cases: [string | Uint8Array, string[]][] = [
    ['', []],
    ['text\n', []],
    [certificatePem, []],
    [certificate, []],
    [toPem('PRIVATE KEY', Buffer.alloc(3)), [unsupported]],
    [publicKey.export({ type: 'spki', format: 'pem' }).toString(), [unsupported, unsupported]],
    [toPem('DH PARAMETERS', sequence(integer(23), integer(5))), [unsupported]],
    [sequence(integer(23), integer(5)), [unsupported]],
    [toPem('ENCRYPTED PRIVATE KEY', sequence()), ['60/524556 unsupported (No supported data to decode. )']],
  ];
  for (const [content, lines] of cases) {
    const path = file(content);
    fails(() => loadKey(path), key(path), lines);
  }
  const onlyKey = file(pem(ec, 'pkcs8'));
  const unable = 'Unable to load server certificate';
  fails(() => certificateOf(onlyKey), `Could not read server certificate from ${onlyKey}`, [unsupported], unable);
  fails(() => chainOf(onlyKey), `Could not read any server certificate chain from ${onlyKey}`, [unsupported]);
});

test('a description that does not say what is wanted is told so', () => {
  const path = file('');
  const description = 'Server Certificate';
  fails(
    () => loadCertificate({ file: path, description }),
    `Could not read cert of Server Certificate from ${path}`,
    [],
    'Unable to load Server Certificate',
  );
});

test('a folder is like an empty file', () => {
  const path = join(folder, 'folder');
  mkdirSync(path);
  fails(() => loadKey(path), `Could not read ${keyName} from ${path}`, []);
});

test('a wrong password is told by the form of the key', () => {
  const texts = (content: string | Uint8Array, wrong: string) => {
    const request = { file: file(content), description: keyName, password: Buffer.from(wrong) };
    return linesOf(failureOf(() => loadPrivateKey(request)));
  };
  const padding = '57/100 bad decrypt';
  const pkcs8 = '35/116 pkcs12 cipherfinal error';
  // One wrong password in 256 gives valid padding; that is reported the same way.
  const pkcs8Pem = pem(rsa, 'pkcs8', encrypted);
  assert.deepEqual(texts(pkcs8Pem, 'wrong'), ['44/524556 unsupported', padding, `${pkcs8} (maybe wrong password)`]);
  assert.deepEqual(texts(pkcs8Pem, ''), ['44/524556 unsupported', padding, `${pkcs8} (empty password)`]);
  assert.deepEqual(texts(binary(rsa, 'pkcs8', encrypted), 'x'), [padding, `${pkcs8} (maybe wrong password)`]);
  assert.deepEqual(texts(pem(rsa, 'pkcs1', encrypted), 'wrong'), [padding, '9/101 bad decrypt']);
  const unknown = pem(rsa, 'pkcs1', encrypted).replace('AES-128-CBC', 'FOO-CBC');
  assert.deepEqual(texts(unknown, 'secret'), ['9/114 unsupported encryption']);
});

test('without a terminal the password is asked for on stderr and read from stdin', async () => {
  const path = file(pem(ec, 'pkcs8', encrypted));
  const question = `Enter pass phrase for ${path}:\n`;
  assert.deepEqual(await asked(path, 'secret\nrest'), { stdout: 'ec rest', stderr: question });
  assert.deepEqual(await asked(path, 'wrong\n'), { stdout: 'bad decrypt', stderr: question });
  assert.deepEqual(await asked(path, 'secret'), { stdout: 'processing error', stderr: question.repeat(3) });
  const traditional = file(pem(rsa, 'pkcs1', encrypted));
  const once = `Enter pass phrase for ${traditional}:\n`;
  assert.deepEqual(await asked(traditional, ''), { stdout: 'UI lib', stderr: once });
});

test('any bytes are a key or a failure', () => {
  const path = join(folder, 'any');
  const inputs = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .constantFrom('PRIVATE KEY', 'CERTIFICATE', 'ENCRYPTED PRIVATE KEY', 'X')
      .chain((label) => fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(toPem(label, bytes)))),
    fc.nat(binary(ec, 'pkcs8').length).map((length) => binary(ec, 'pkcs8').subarray(0, length)),
  );
  fc.assert(
    fc.property(inputs, (bytes) => {
      writeFileSync(path, bytes);
      for (const load of [loadKey, certificateOf, chainOf])
        try {
          load(path);
        } catch (error) {
          assert.ok(error instanceof LoadFailure, String(error));
        }
    }),
    { numRuns: 150 },
  );
});

/** asked loads a key in a process without a terminal; it prints the key's type and the rest of the input, or a line. */
async function asked(path: string, input: string): Promise<{ stdout: string; stderr: string }> {
  const script = `
    const { loadPrivateKey } = await import(${JSON.stringify(new URL('load.js', import.meta.url).href)});
    const { readFileSync } = await import('node:fs');
    try {
      const key = loadPrivateKey({ file: ${JSON.stringify(path)}, description: 'private key' });
      process.stdout.write(key.asymmetricKeyType + ' ' + readFileSync(0));
    } catch (error) {
      process.stdout.write(error.lines[1].text);
    }`;
  // A detached process cannot reach the terminal of the test run.
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { detached: true });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  return { stdout, stderr };
}

/** traditionalDsa encodes version, p, q, g, y, x: x is in PKCS#8, the rest in the public key. */
function traditionalDsa(key: KeyObject): Uint8Array {
  const info = new Structure(binary(key, 'pkcs8')).sequence('info');
  info.take('version');
  const algorithm = info.sequence('algorithm');
  algorithm.take('identifier');
  const parameters = algorithm.take('parameters').body;
  const x = info.take('privateKey').body;
  const publicInfo = new Structure(createPublicKey(key).export({ type: 'spki', format: 'der' })).sequence('info');
  publicInfo.take('algorithm');
  const y = publicInfo.take('publicKey').body.subarray(1);
  return sequence(integer(0), parameters, y, x);
}

function failureOf(action: () => unknown): LoadFailure {
  try {
    action();
  } catch (error) {
    if (error instanceof LoadFailure) return error;
    throw error;
  }
  return assert.fail('no failure');
}

function linesOf({ lines }: LoadFailure): string[] {
  return lines.map(
    ({ library, reason, text, extra }) => `${library}/${reason} ${text}${extra === undefined ? '' : ` (${extra})`}`,
  );
}

function fails(action: () => unknown, sentence: string, lines: readonly string[], afterwards = ''): void {
  const failure = failureOf(action);
  assert.equal(failure.message, sentence);
  assert.deepEqual(linesOf(failure), lines);
  assert.equal(failure.afterwards, afterwards);
}
