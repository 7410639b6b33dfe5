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

/** agree asserts that `openssl verify` and ours print the same, line by line, for these arguments. */
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
 * withoutPlaces removes the process and the source line from the lines of the error queue. It also removes lines about
 * the nesting of undecodable values, which follow the reference's tables, and about unreadable keys and extensions,
 * whose number depends on how often the reference reads them.
 */
function withoutPlaces(text: string): string {
  const owned =
    /^[0-9A-F]+:error:\w+:(?:asn1 encoding routines:asn1_|digital envelope routines:X509_PUBKEY_get0:|x509 certificate routines:X509_self_signed:|X509 V3 routines:ossl_x509v3_cache_extensions:).*\n/gm;
  return text.replace(owned, '').replace(/^[0-9A-F]+(:error:(?:[^:]*:){4})[^:]*:\d+:/gm, 'process$1place:');
}

/** filesOf writes the files of a case and returns its arguments. */
export function filesOf({ leaf, roots = [], untrusted = [], crls = [], words = [] }: Case): string[] {
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const certificates = (issued: readonly Root[]) => issued.map(rootPem).join('');
  // One file for both; a certificate that appears twice is signed once.
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

/** leafPem issues a leaf that is also a root once: signatures differ each time. */
function leafPem(leaf: Issued, roots: readonly Issued[]): string {
  const isRoot = roots.includes(leaf);
  const signed = certificatePem(issue(leaf));
  if (isRoot) writeFileSync(join(folder, 'roots'), signed);
  return signed;
}
