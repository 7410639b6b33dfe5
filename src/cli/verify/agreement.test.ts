import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { toPem } from '../../bytes/pem.ts';
import { certificatePem, crlPem, type Issued, issue, issueCrl } from '../../x509/verify/issue.test.fixture.ts';
import { encodingCases } from './agreement-encodings.test.fixture.ts';
import { type Case, type Root, root } from './agreement-parts.test.fixture.ts';
import { pathCases } from './agreement-paths.test.fixture.ts';
import { resourceCases } from './agreement-resources.test.fixture.ts';
import { revocationCases } from './agreement-revocation.test.fixture.ts';
import { trustCases } from './agreement-trust.test.fixture.ts';
import { verifyCommand } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'serverhello-verify-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const isAbsent = spawnSync('openssl', ['version']).status !== 0;

const cases = { ...pathCases, ...encodingCases, ...resourceCases, ...revocationCases, ...trustCases };
for (const [name, it] of Object.entries(cases)) {
  test(`openssl verify and ours agree about ${name}`, { skip: isAbsent }, async () => {
    await agree(filesOf(it));
  });
}

const nobody = ['-no-CAfile', '-no-CApath', '-no-CAstore'];
const anchor = join(folder, 'anchor');
writeFileSync(anchor, certificatePem(issue(root)));
const emptyFile = join(folder, 'empty');
writeFileSync(emptyFile, '');

for (const words of [
  ['-nonsense'],
  ['-CAfile'],
  ['-show_chain=1', anchor],
  ['-auth_level', 'x', anchor],
  ['-auth_level', '99999999999', anchor],
  ['-attime', '0x', anchor],
  ['-purpose', 'nonsense', anchor],
  ['-policy', 'nonsense', anchor],
  ['-verify_name', 'nonsense', anchor],
  ['-verify_ip', 'nonsense', anchor],
  ['-nameopt', 'nonsense', anchor],
  ['-CAfile', '/no/such/file', anchor],
  ['-CAfile', emptyFile, anchor],
  ['-CApath', '/no/such/folder', anchor],
  ['-CAstore', '/no/such/file', anchor],
  ['-untrusted', '/no/such/file', anchor],
  ['-untrusted', emptyFile, anchor],
  ['-CRLfile', '/no/such/file', anchor],
  ['-CRLfile', anchor, anchor],
  ['-trusted', anchor, '-CAfile', anchor, anchor],
  ['-trusted', anchor, anchor],
  ['-vfyopt', 'a:b', '-trusted', anchor, anchor],
  ['-CAfile', anchor, '/no/such/file', anchor],
  ['-CAfile', anchor, emptyFile],
  ['-CAstore', anchor, '-nameopt', 'rfc2253', '-show_chain', '--', anchor],
  [`--CAfile=${anchor}`, anchor, anchor],
]) {
  test(`openssl verify and ours agree about the words ${words.slice(0, 2).join(' ')}`, { skip: isAbsent }, async () => {
    await agree([...nobody, ...words]);
  });
}

async function agree(words: readonly string[]): Promise<void> {
  const { stdout, stderr, status } = spawnSync('openssl', ['verify', ...words], { encoding: 'utf8' });
  const told = { out: '', err: '' };
  const output = {
    out: (text: string) => {
      told.out += text;
    },
    err: (text: string) => {
      told.err += text;
    },
  };
  const exitCode = await verifyCommand(words, output);
  const ours = { out: told.out, err: withoutQueue(told.err), exitCode };
  assert.deepEqual(ours, { out: stdout, err: withoutQueue(stderr), exitCode: status });
}

/** Without the lines of the error queue, which name the reference's own files. */
function withoutQueue(text: string): string {
  return text.replace(/^[0-9A-F]+:error:.*\n/gm, '');
}

function filesOf({ leaf, roots = [], untrusted = [], crls = [], words = [] }: Case): string[] {
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const certificates = (issued: readonly Root[]) => issued.map(rootPem).join('');
  // The same file for both; a certificate that appears twice is signed once.
  return [
    '-no-CApath',
    '-no-CAstore',
    ...(roots.length > 0 ? ['-CAfile', write('roots', certificates(roots))] : ['-no-CAfile']),
    ...(untrusted.length > 0 ? ['-untrusted', write('untrusted', certificates(untrusted))] : []),
    ...(crls.length > 0 ? ['-CRLfile', write('crls', crls.map((one) => crlPem(issueCrl(one))).join(''))] : []),
    ...words,
    write('leaf', leafPem(leaf, roots)),
  ];
}

function rootPem({ settings, ...issued }: Root): string {
  const certificate = issue(issued);
  return settings ? toPem('TRUSTED CERTIFICATE', Buffer.concat([certificate, settings])) : certificatePem(certificate);
}

/** A leaf that is also a root is one certificate: signatures are different each time. */
function leafPem(leaf: Issued, roots: readonly Issued[]): string {
  const isRoot = roots.includes(leaf);
  const signed = certificatePem(issue(leaf));
  if (isRoot) writeFileSync(join(folder, 'roots'), signed);
  return signed;
}
