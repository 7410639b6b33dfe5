import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { canonicalName } from '../../x509/asn1/canonical-name.ts';
import { distinguishedName } from '../../x509/asn1/names.ts';
import { nameHash } from '../../x509/trust/trust-store.ts';
import { authority, certificatePem, issue, nameOf } from '../../x509/verify/issue.test.fixture.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import { Stop } from '../output/stop.ts';
import { systemStores, trustStores } from './trust-stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'trust-stores-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, ...subjects: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    subjects.map((subject) => certificatePem(issue({ subject, extensions: [authority()] }))).join(''),
  );
  return path;
}

const canonical = (subject: string) => canonicalName(distinguishedName(nameOf(subject)));
const has = (store: TrustStore, subject: string) => store.certificatesOf(canonical(subject)).length > 0;

function directory(name: string, subject: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  file(`${name}/${nameHash(canonical(subject))}.0`, subject);
  return path;
}

const one = file('one', 'one');
const two = file('two', 'two', 'two', 'other');
const three = directory('three', 'three');
const four = directory('four', 'four');
const environment = { SSL_CERT_FILE: one, SSL_CERT_DIR: three };

test('without an option the places of the system are trusted, but for those that are refused', () => {
  const found = (options: object) => ['one', 'three'].filter((it) => has(trustStores(options, environment).verify, it));
  assert.deepEqual(found({}), ['one', 'three']);
  assert.deepEqual(found({ 'no-CAfile': true }), ['three']);
  // The directory is a store as well.
  assert.deepEqual(found({ 'no-CApath': true }), ['one', 'three']);
  assert.deepEqual(found({ 'no-CApath': true, 'no-CAstore': true }), ['one']);
  assert.deepEqual(found({ CAfile: two }), []);
});

test('a file, a directory and a store are searched together', () => {
  const { verify } = trustStores({ CAfile: two, CApath: three, CAstore: `file:${four}` }, {});
  for (const subject of ['two', 'other', 'three', 'four']) assert.ok(has(verify, subject), subject);
});

test('clients and our own chains can have stores of their own', () => {
  const { verify, chain, locations } = trustStores({ CAfile: one, verifyCAfile: two, chainCApath: three }, {});
  assert.ok(has(verify, 'two') && !has(verify, 'one'));
  assert.ok(has(chain, 'three') && !has(chain, 'one'));
  assert.ok(has(locations, 'one'));
});

test('the request names the subjects of -CAfile, each once, unless something forbids it', () => {
  const names = (options: object) => trustStores(options, {}).authorityNames.map((it) => Buffer.from(it));
  const both = ['two', 'other'].map((it) => Buffer.from(nameOf(it)));
  assert.deepEqual(names({ CAfile: two }), both);
  assert.deepEqual(names({ CAfile: two, no_ca_names: true }), []);
  assert.deepEqual(names({ CAfile: two, srpvfile: 'x' }), []);
  assert.deepEqual(names({ verifyCAfile: two }), []);
  const configured = (options: object) =>
    trustStores(options, {}, { stores: {}, names: [{ kind: 'file', value: two }] }).authorityNames;
  assert.equal(configured({}).length, 2);
  assert.equal(configured({ CAfile: one }).length, 1);
  assert.equal(configured({ no_ca_names: true }).length, 0);
});

test('a file that is missing or empty ends the program, with a sentence where the option has one', () => {
  const empty = file('empty');
  const stops = (options: object, text: RegExp) =>
    assert.throws(
      () => trustStores(options, {}),
      (error) => error instanceof Stop && text.test(error.text),
    );
  stops({ CAfile: join(folder, 'none') }, /^[0-9A-F]+:error:80000002:.*fopen.*\n.*no such file.*\n.*system lib.*\n$/);
  stops({ CAfile: empty }, /^[0-9A-F]+:error:05800088:.*no certificate or crl found.*\n$/);
  stops({ CAstore: 'http://host/' }, /^[0-9A-F]+:error:16000069:.*scheme=http\n/);
  stops({ verifyCAfile: empty }, /^Error loading store locations\n.*no certificate or crl found/);
  stops({ chainCAstore: join(folder, 'none') }, /^Error loading store locations\n.*unregistered scheme/);
});

test('where the usual places are not there, Node is asked for those of the system, unless the environment names any', () => {
  const elsewhere = certificatePem(issue({ subject: 'elsewhere', extensions: [authority()] }));
  const none = join(folder, 'none');
  const places = { file: none, directory: none, ofNode: () => [elsewhere] };
  assert.equal(has(systemStores({}, places).file(), 'elsewhere'), true);
  assert.equal(has(systemStores({}, { ...places, directory: folder }).file(), 'elsewhere'), false);
  assert.equal(has(systemStores({}, { ...places, file: file('usual', 'usual') }).file(), 'usual'), true);
  assert.equal(has(systemStores({ SSL_CERT_DIR: none }, places).file(), 'elsewhere'), false);
  assert.equal(has(systemStores({ SSL_CERT_FILE: file('named', 'named') }, places).file(), 'named'), true);
});
