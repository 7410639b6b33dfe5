import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { EchKeyPair } from '../src/x509/files/ech-keys.test.fixture.ts';
import { certificateFiles, folder } from './certificates.ts';
import { installed, run } from './clients.ts';
import { Program } from './program.ts';

const ends: (() => Promise<void>)[] = [];
const wholeFile = { after: (end: () => Promise<void>) => ends.push(end) };
after(async () => {
  for (const end of ends) await end();
});

/** Rows of the table: a command of the server, and the commands and texts beside it. */
const recipes = readFileSync('README.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('| `s_server '))
  .map((line) => {
    const [, title = '', server = '', beside = ''] = line.split('|');
    return { title: title.trim(), server: codeIn(server)[0] ?? '', beside: codeIn(beside) };
  });

// Files of the recipes are in the current directory of the programs.
process.chdir(folder(wholeFile));
for (const name of ['cert.pem key.pem', 'b.pem b.key', 'client.pem client.key']) {
  const [certificate = '', key = ''] = name.split(' ');
  const files = certificateFiles(wholeFile, 'P-256');
  copyFileSync(files.certificate, certificate);
  copyFileSync(files.key, key);
}
copyFileSync('client.pem', 'ca.pem');
writeFileSync('ech.pem', new EchKeyPair().pem);
writeFileSync('response.der', Buffer.from('30030a0101', 'hex'));

test('there are recipes', () => assert.ok(recipes.length > 10));

for (const { title, server, beside } of recipes) {
  test(`README, to ${title}`, async (t) => {
    const [, , , ...words] = server.replace('ID', '-cert cert.pem -key key.pem').replace(' < /dev/null', '').split(' ');
    const program = await Program.start(t, ...words);
    const [client = '', said] = beside;
    const [command = '', ...asks] = client.replace(/localhost:4433/g, `127.0.0.1:${program.port}`).split(' ');
    if (!['curl', 'openssl'].includes(command) || installed(command) === undefined) return;
    const request = command === 'openssl' ? 'GET / HTTP/1.0\n\n' : '';
    const { out, err } = await run(command, asks.map(unquoted), request);
    assert.match(out + err, command === 'curl' ? /Ciphers supported in s_server binary/ : /^ *Verify return code: /m);
    if (said !== undefined) assert.ok(`${out}${err}${program.out}`.includes(said), said);
  });
}

function codeIn(cell: string): string[] {
  return Array.from(cell.matchAll(/`([^`]*)`/g), ([, code = '']) => code);
}

function unquoted(word: string): string {
  return word.replace(/^'(.*)'$/, '$1');
}
