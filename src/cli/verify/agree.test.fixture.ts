import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { toPem } from '../../bytes/pem.ts';
import { certificatePem, crlPem, type Issued, issue, issueCrl } from '../../x509/verify/issue.test.fixture.ts';
import type { Case, Root } from './agreement-parts.test.fixture.ts';
import { verifyCommand } from './command.ts';

/** Files of the cases; gone after the tests. */
export const folder = mkdtempSync(join(tmpdir(), 'serverhello-verify-'));
after(() => rmSync(folder, { recursive: true, force: true }));

export const isAbsent = spawnSync('openssl', ['version']).status !== 0;

/** Whether `openssl verify` and ours say the same, line by line, to these words. */
export async function agree(words: readonly string[]): Promise<void> {
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
  const ours = { out: told.out, err: withoutPlaces(told.err), exitCode };
  assert.deepEqual(ours, { out: stdout, err: withoutPlaces(stderr), exitCode: status });
}

/**
 * Lines of the error queue name the process, and a file of the program with its line. Those about the nesting of what
 * cannot be decoded follow the tables of the reference, and how often it asks for a key or extensions that cannot be read is
 * its affair.
 */
function withoutPlaces(text: string): string {
  const owned =
    /^[0-9A-F]+:error:\w+:(?:asn1 encoding routines:asn1_|digital envelope routines:X509_PUBKEY_get0:|x509 certificate routines:X509_self_signed:|X509 V3 routines:ossl_x509v3_cache_extensions:).*\n/gm;
  return text.replace(owned, '').replace(/^[0-9A-F]+(:error:(?:[^:]*:){4})[^:]*:\d+:/gm, 'process$1place:');
}

/** The words for a case, whose files are written for them. */
export function filesOf({ leaf, roots = [], untrusted = [], crls = [], words = [] }: Case): string[] {
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
