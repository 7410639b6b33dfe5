import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { MemoryTrustStore } from '../../x509/trust/trust-store.ts';
import { parse } from '../command-line/parse.ts';
import type { Output } from '../output/output.ts';
import { Stop } from '../output/stop.ts';
import { clientAuthentication, revocationLists } from './client-authentication.ts';

const output: Output = { out: () => undefined, err: () => undefined };
const trusted = new MemoryTrustStore();

test('the last of -verify and -Verify decides, and neither means that nobody is asked', () => {
  assert.equal(of().mode, 'none');
  assert.equal(of('-verify', '1').mode, 'optional');
  assert.equal(of('-verify', '1', '-Verify', '2').mode, 'required');
  assert.equal(of('-Verify', '1', '-verify', '2').mode, 'optional');
});

test('who logs in with SRP is not asked', () => {
  assert.equal(of('-Verify', '1', '-srpvfile', 'users').mode, 'none');
});

test('faults are borne up to the depth of -verify', () => {
  const { goesOn } = of('-verify', '1');
  assert.deepEqual(
    [0, 1, 2].map((depth) => goesOn?.(18, depth)),
    [true, true, false],
  );
  assert.equal(of('-verify', '-1').goesOn?.(18, 99), true);
});

test('no fault is borne with -verify_return_error', () => {
  assert.equal(of('-verify', '9', '-verify_return_error').goesOn?.(18, 0), false);
});

test('options of the validation section are parameters of the verification', () => {
  const words = ['-purpose', 'any', '-verify_depth', '3', '-attime', '0x10', '-verify_ip', '::1', '-crl_check_all'];
  const { parameters } = of(...words, '-policy', '1.2.3', '-policy', 'anyPolicy', '-suiteB_128', '-x509_strict');
  const { purpose, depth, atTime, ip, crlCheckAll, policies, suiteB, strict } = parameters;
  assert.deepEqual(
    { purpose, depth, atTime, crlCheckAll, policies, suiteB, strict },
    {
      purpose: 'any',
      depth: 3,
      atTime: 16000,
      crlCheckAll: true,
      policies: ['1.2.3', '2.5.29.32.0'],
      suiteB: '128',
      strict: true,
    },
  );
  assert.deepEqual(ip, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
  assert.equal('authenticationLevel' in parameters, false);
  assert.equal(of('-auth_level', '0').parameters.authenticationLevel, 0);
});

test('lists are fetched for a store of -verifyCAfile only, as by the reference', () => {
  assert.equal(of('-crl_download').fetchCrls, undefined);
  const { given, options } = parse(['-crl_download'], output);
  const stores = { verify: new MemoryTrustStore(), chain: trusted, locations: trusted, authorityNames: [] };
  const { fetchCrls } = clientAuthentication(
    { given, options, configuration: [], command: undefined },
    stores,
    [],
    output,
  );
  assert.equal(typeof fetchCrls, 'function');
});

test('a list that cannot be opened, and a file without one, are told in the words of the reference', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'serverhello-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'none.crl');
  const told = () => {
    try {
      return revocationLists({ CRL: file });
    } catch (error) {
      return error instanceof Stop ? error.text : error;
    }
  };
  assert.match(
    String(told()),
    /^Could not open file or uri for loading CRL from .*none\.crl\n.*\nUnable to load CRL\n$/s,
  );
  writeFileSync(file, 'no list');
  assert.equal(told(), `Could not read CRL from ${file}\nUnable to load CRL\n`);
});

function of(...words: readonly string[]) {
  const stores = { verify: trusted, chain: trusted, locations: trusted, authorityNames: [] };
  return clientAuthentication(parse(words, output), stores, [], output);
}
