import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { help, referenceHelp } from './help.ts';

test("the reference's part of the help is byte for byte the reference's", () => {
  assert.equal(referenceHelp(), readFileSync(new URL('../../../../test/golden/help.txt', import.meta.url), 'utf8'));
});

test('newer and own options follow under headings of their own', () => {
  const further = help().slice(referenceHelp().length);
  assert.match(further, /^\nNewer OpenSSL options:\n -tfo {23}Enable TCP Fast Open\n/);
  assert.match(further, /\n\nOwn options:\n -version {19}Display the version/);
  assert.match(further, /\n -ssl3 {22}Just talk SSLv3\n/);
  assert.match(further, /\n\nCommands:\n completion bash {12}Print a script/);
  assert.match(further, /\n -record_size_limit \+int {4}Largest record/);
});

const release = spawnSync('openssl', ['version', '-v', '-p'], { encoding: 'utf8' }).stdout ?? '';
const isReference = /^OpenSSL 3\.0\..*\nplatform: debian/.test(release);

test('the reference prints the same, where it is installed', { skip: !isReference }, () => {
  assert.equal(referenceHelp(), spawnSync('openssl', ['s_server', '-help'], { encoding: 'utf8' }).stderr);
});
