import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { certificateFiles, folder } from './certificates.ts';
import { installed, run } from './clients.ts';
import { Program } from './program.ts';

const program = fileURLToPath(new URL('../bin/s_server.js', import.meta.url));
const golden = 'test/golden/hellos/nss-tstclnt-3.87.hex';

function serverhello(words: readonly string[], input = '') {
  return run(process.execPath, [program, ...words], input);
}

test('serverhello grades prints the rules with their sources, also as JSON', async () => {
  const { out, err, status } = await serverhello(['grades']);
  assert.deepEqual([err, status], ['', 0]);
  assert.match(out, /^rules: 2026-11\n/);
  assert.match(out, /^ {2}D {3}rc4-suites +Suites with RC4 are offered \(RFC 7465\)$/m);
  const json = JSON.parse((await serverhello(['grades', '-json'])).out);
  assert.equal(json.rules, '2026-11');
  assert.deepEqual(
    json.table.find(({ id }: { id: string }) => id === 'rc4-suites'),
    { id: 'rc4-suites', sentence: 'Suites with RC4 are offered', cap: 'D', source: 'RFC 7465' },
  );
  const wrong = await serverhello(['grades', 'x']);
  assert.deepEqual([wrong.out, wrong.err, wrong.status], ['', 'grades: It takes -json or nothing\n', 1]);
});

test('serverhello read prints the card of a file or of standard input as text, JSON and page', async () => {
  const text = await serverhello(['read', golden]);
  assert.deepEqual([text.err, text.status], ['', 0]);
  assert.match(text.out, /^Grade D \(rules: 2026-11/);
  const piped = await serverhello(['read', '-'], readFileSync(golden, 'latin1'));
  assert.equal(piped.out, text.out);
  const card = JSON.parse((await serverhello(['read', '-json', golden])).out);
  assert.deepEqual([card.grade, card.check.rating, card.serverName], ['D', 'Bad', 'localhost']);
  assert.deepEqual(
    card.cipherSuites.map(({ code }: { code: number }) => code),
    JSON.parse(readFileSync(golden.replace('.hex', '.json'), 'utf8')).cipherSuites.map(
      ({ code }: { code: number }) => code,
    ),
  );
  const page = await serverhello(['read', golden, '-html']);
  assert.match(page.out, /^<!DOCTYPE html>[\s\S]*<\/html>\n$/);
});

test('what serverhello read cannot do ends with one line and exit code 1', async (t) => {
  const large = join(folder(t), 'large');
  writeFileSync(large, Buffer.alloc(64 * 1024 * 1024 + 1));
  const refused: readonly (readonly [words: readonly string[], line: RegExp])[] = [
    [[], /^read: It takes one file, or - for standard input\n$/],
    [[golden, golden], /^read: It takes one file, or - for standard input\n$/],
    [['-xml', golden], /^read: Unknown option: -xml\n$/],
    [['-json', '-html', golden], /^read: -json and -html exclude each other\n$/],
    [['no/such\nfile'], /^read: "no\/such\\nfile": cannot be read \(ENOENT\)\n$/],
    [['test/golden'], /^read: "test\/golden": cannot be read \(EISDIR\)\n$/],
    [['package.json'], /^read: "package.json": no ClientHello in it: [^\n]*\n$/],
    [['-'], /^read: standard input: the input is empty\n$/],
    [[large], /^read: "[^"]*large": more than 67108864 bytes\n$/],
  ];
  for (const [words, line] of refused) {
    const { out, err, status } = await serverhello(['read', ...words]);
    assert.deepEqual([out, status], ['', 1]);
    assert.match(err, line);
  }
});

const missing = ['openssl', 'editcap'].find((it) => installed(it) === undefined);

for (const [version, words] of [
  ['TLS', []],
  ['DTLS', ['-dtls']],
] as const) {
  test(
    `a hello is read from a capture of ${version}, as pcapng and as pcap`,
    { skip: missing && `${missing} is not installed` },
    async (t) => {
      const [capture, older] = ['capture.pcapng', 'capture.pcap'].map((name) => join(folder(t), name)) as [
        string,
        string,
      ];
      const server = await Program.start(t, ...certificateFiles(t, 'P-256').words, '-pcapng', capture, ...words);
      const target = ['-connect', `127.0.0.1:${server.port}`, '-servername', 'a.example'];
      await run('openssl', ['s_client', ...target, ...words], 'Q\n');
      await server.stop();
      await run('editcap', ['-F', 'pcap', capture, older]);
      for (const file of [capture, older]) {
        const { out, err } = await serverhello(['read', '-json', file]);
        assert.equal(err, '');
        const card = JSON.parse(out);
        assert.equal(card.serverName, 'a.example');
        assert.equal(card.check.tls_version, version === 'TLS' ? 'TLS 1.3' : 'DTLS 1.2');
      }
    },
  );
}

test('docs/report.md has every member of a card and every standing with its meaning', async () => {
  const page = readFileSync('docs/report.md', 'utf8');
  const card = JSON.parse((await serverhello(['read', '-json', golden])).out);
  const members = [...Object.keys(card), ...Object.keys(card.findings[0]), ...Object.keys(card.cipherSuites[0])];
  const missed = members.filter((name) => !page.includes(`\`${name}\``));
  assert.deepEqual(missed, []);
  const { meanings } = JSON.parse((await serverhello(['grades', '-json'])).out);
  for (const [standing, meaning] of Object.entries(meanings)) assert.ok(page.includes(`| ${standing} | ${meaning} |`));
});
