import assert from 'node:assert/strict';
import { linkSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { certificateFiles, folder } from './certificates.ts';
import { installed, run } from './clients.ts';
import { Program } from './program.ts';
import { largeFileArrives, page } from './served-files.ts';

const ends: (() => Promise<void>)[] = [];
const wholeFile = { after: (end: () => Promise<void>) => ends.push(end) };
after(async () => {
  for (const end of ends) await end();
});
// The program serves its current directory.
const directory = folder(wholeFile);
process.chdir(directory);
const { words, key } = certificateFiles(wholeFile, 'P-256');

test('a file of 64 MiB arrives bit by bit, and costs little memory', (t) => largeFileArrives(t, '-tls1_3', 64, words));

test('files, errors and the status page come over many connections at once', async (t) => {
  writeFileSync('page.html', '<p>page\n');
  symlinkSync(key, 'key');
  writeFileSync('server.pem', 'secret');
  const program = await Program.start(t, '-WWW', ...words);
  const paths = ['page.html', 'stats', 'key', 'server.pem', 'nosuch'];
  const [html = '', stats = '', link, pem, nosuch = ''] = await Promise.all(paths.map((it) => page(program, it)));
  assert.equal(html, '<p>page\n');
  assert.match(stats, /^<HTML><BODY BGCOLOR="#ffffff">\n<pre>\n\ns_server -accept .* -WWW /);
  assert.equal(link, "'key' leads out of the served directory\r\n");
  assert.equal(pem, "'server.pem' holds a secret of this server\r\n");
  assert.match(nosuch, /^Error opening 'nosuch' mode='r'\r\n/);
  assert.equal(program.err, 'FILE:page.html\n');
});

test('no file with a secret of the server is handed out, whatever names it', async (t) => {
  const own = certificateFiles(wholeFile, 'RSA');
  const names = ['k2.pem', 'c2.pem', 'log.txt', 'verifiers.txt', 'seed.bin', 'password.txt'];
  writeFileSync('k2.pem', readFileSync(own.key));
  writeFileSync('c2.pem', readFileSync(own.certificate));
  for (const name of ['seed.bin', 'password.txt', 'verifiers.txt']) writeFileSync(name, '\n');
  linkSync('k2.pem', 'k2-again.pem');
  symlinkSync('k2.pem', 'k2-link.pem');
  writeFileSync(
    'own.cnf',
    'openssl_conf = a\n[a]\nssl_conf = b\n[b]\nmine = c\n[c]\nCertificate = c2.pem\nPrivateKey = k2.pem\n',
  );
  const options = ['-keylogfile', 'log.txt', '-srpvfile', 'verifiers.txt', '-writerand', 'seed.bin'];
  const program = new Program(['-WWW', '-ssl_config', 'mine', '-pass', 'file:password.txt', ...options, ...words], {
    environment: { OPENSSL_CONF: join(directory, 'own.cnf') },
  });
  t.after(() => program.stop());
  await program.prints(/^ACCEPT .*:\d+$/m);
  for (const name of [...names, 'k2-again.pem', 'k2-link.pem', './k2.pem', './/k2.pem']) {
    const expected = name === 'c2.pem' ? /^-----BEGIN CERTIFICATE/ : /^'[^']*' holds a secret of this server\r\n$/;
    assert.match(await page(program, name), expected, name);
  }
  for (const name of ['%6b2.pem', 'K2.PEM']) assert.doesNotMatch(await page(program, name), /PRIVATE KEY/);
});

test('a response may be all in the file, header and body', { skip: !installed('curl') && 'no curl' }, async (t) => {
  const response = 'HTTP/1.0 201 mine\r\nX-Own: yes\r\n\r\nbody\n';
  writeFileSync('own.http', response);
  const program = await Program.start(t, '-HTTP', '-http_server_binmode', ...words);
  const url = (name: string) => `https://127.0.0.1:${program.port}/${name}`;
  const curl = ['--silent', '--insecure', '--include', '--noproxy', '*'];
  assert.equal((await run('curl', [...curl, url('own.http')])).out, response);
  assert.equal((await run('curl', [...curl, '--head', url('own.http')])).out, response.replace('body\n', ''));
  assert.match((await run('curl', [...curl, url('nosuch')])).out, /mode='rb'/);
});
