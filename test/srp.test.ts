import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { certificateFiles, folder } from './certificates.ts';
import { installed, type Outcome, run } from './clients.ts';
import { Program } from './program.ts';
import { verifierLine } from './verifier-line.ts';

const skip = installed('gnutls-cli') === undefined && 'gnutls-cli is not installed';
const priority = 'NORMAL:-KX-ALL:+SRP:+SRP-RSA:-VERS-ALL:+VERS-TLS1.2';

function login({ port }: Program, name: string, password: string): Promise<Outcome> {
  const words = ['--srpusername', name, '--srppasswd', password, '--insecure', '--priority', priority];
  return run('gnutls-cli', [...words, '-p', `${port}`, '127.0.0.1']);
}

async function start(t: Parameters<typeof folder>[0], ...words: readonly string[]): Promise<Program> {
  const file = join(folder(t), 'verifiers');
  writeFileSync(file, [verifierLine('alice', 'wonderland', 1024), verifierLine('bob', 'builder', 3072)].join(''));
  const certificate = certificateFiles(t, 'RSA').words;
  return Program.start(t, '-cipher', 'SRP:@SECLEVEL=1', '-srpvfile', file, ...certificate, ...words);
}

test('users of the verifier file log in, in groups of several sizes', { skip }, async (t) => {
  const program = await start(t);
  for (const [name, password] of [
    ['alice', 'wonderland'],
    ['bob', 'builder'],
  ] as const) {
    const { out, err } = await login(program, name, password);
    assert.match(out, /Handshake was completed/, err);
    assert.ok(program.err.includes(`SRP username = "${name}"\n`));
    assert.ok(program.err.includes(`SRP parameters set: username = "${name}" info="of ${name}" \n`));
    assert.ok(program.out.includes(`LOOKUP during accept ${name}\nLOOKUP done of ${name}\n`), program.out);
  }
});

test('an unknown user is told at once', { skip }, async (t) => {
  const program = await start(t);
  const { err, out } = await login(program, 'nobody', 'x');
  assert.match(out + err, /user .*is missing or not known|unknown|115/i);
  assert.match(program.err, /^User nobody doesn't exist$/m);
  assert.match(program.out, /^LOOKUP not successful$/m);
});

test('with -srpuserseed an unknown user fails like one with a wrong password', { skip }, async (t) => {
  const program = await start(t, '-srpuserseed', 'seed');
  const outcomes = [await login(program, 'nobody', 'x'), await login(program, 'alice', 'x')];
  const [unknown, wrong] = outcomes.map(({ out, err }) => /alert.*|error.*/i.exec(err + out)?.[0]);
  assert.ok(unknown);
  assert.equal(unknown, wrong);
});
