import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { certificateFiles, folder } from './certificates.ts';
import { chromiumPage, installed, run } from './clients.ts';
import { Program } from './program.ts';

const program = fileURLToPath(new URL('../bin/s_server.js', import.meta.url));
const withoutCurl = installed('curl') === undefined && 'curl is not installed';
const withoutChromium = installed('chromium', 'chromium-browser', 'google-chrome') === undefined && 'no Chromium';

interface Started {
  readonly server: Program;
  /** What curl prints for this path. */
  curl(path: string, ...words: readonly string[]): Promise<string>;
}

async function start(t: Parameters<typeof certificateFiles>[0], ...words: readonly string[]): Promise<Started> {
  const server = await Program.start(t, '-report', ...certificateFiles(t, 'P-256').words, ...words);
  const curl = async (path: string, ...more: readonly string[]) => {
    const { out, err } = await run('curl', ['-sSk', ...more, `https://127.0.0.1:${server.port}${path}`]);
    assert.equal(err, '');
    return out;
  };
  return { server, curl };
}

test('a client gets its card as text, as JSON or as a page', { skip: withoutCurl }, async (t) => {
  const { server, curl } = await start(t);
  for (const version of ['--http1.1', '--http2']) {
    assert.match(await curl('/', version), /^Grade \S+ \(rules: /);
    assert.match(await curl('/', version, '-H', 'Accept: text/html'), /^<!DOCTYPE html>/);
  }
  const { grade, check } = JSON.parse(await curl('/json'));
  assert.equal(JSON.parse(await curl('/', '-H', 'Accept: application/json')).grade, grade);
  const checked = await curl('/a/check?x', '-i');
  assert.match(checked, /^access-control-allow-origin: \*\r$/m);
  assert.deepEqual(JSON.parse(checked.split('\r\n\r\n')[1] ?? ''), check);
  assert.equal(await curl('/', '-I', '--http1.1').then((it) => it.split('\r\n')[0]), 'HTTP/1.1 200 OK');
  assert.match(await curl('/favicon.ico', '-i'), /^HTTP\/2 404/);
  assert.match(server.out, /\nReport card of #1 127\.0\.0\.1:\d+\nGrade /);
});

test('the card of a kind of client is printed once, and its visits are counted', { skip: withoutCurl }, async (t) => {
  const { server, curl } = await start(t);
  await curl('/');
  const { behaviour } = JSON.parse(await curl('/json'));
  assert.equal(behaviour.visits, 2);
  assert.deepEqual(
    behaviour.remarks.map(({ id, isFault }: { id: string; isFault: boolean }) => [id, isFault]),
    [
      ['resumes', false],
      ['order-kept', false],
    ],
  );
  assert.equal(server.out.split('Report card of').length, 2);
});

test('the card is that of a capture of the same visit', { skip: withoutCurl }, async (t) => {
  const capture = join(folder(t), 'capture.pcapng');
  const { server, curl } = await start(t, '-pcapng', capture);
  const { behaviour, ...live } = JSON.parse(await curl('/json'));
  await server.stop();
  assert.equal(behaviour.visits, 1);
  const read = await run(process.execPath, [program, 'read', '-json', capture]);
  assert.deepEqual(JSON.parse(read.out), live);
});

test('a client whose handshake fails has a card; one without a hello is told', { skip: withoutCurl }, async (t) => {
  const { server } = await start(t, '-tls1_3');
  await run('curl', ['-sSk', '--tls-max', '1.2', `https://127.0.0.1:${server.port}/`]);
  await server.prints(/\nReport card of #1 [^\n]+\nGrade /);
  await run('curl', ['-sS', `http://127.0.0.1:${server.port}/`]);
  await server.prints(/\nNo report card of #2 [^\n]+: http request\n/);
});

test('with expectations clients are judged and get their card', { skip: withoutCurl }, async (t) => {
  const { words } = certificateFiles(t, 'P-256');
  const options = ['-accept', '127.0.0.1:0', '-report', ...words, '-expect', 'tls=1.3,http=GET /json'];
  const ended = await run(process.execPath, [program, ...options, '--', 'curl', '-sSk', '{url}json']);
  assert.equal(ended.status, 0);
  assert.match(ended.out, /"grade":"/);
});

test(
  'over DTLS the card is printed, and what is said is echoed',
  { skip: installed('openssl') === undefined },
  async (t) => {
    const { server } = await start(t, '-dtls');
    const { out } = await run(
      'openssl',
      ['s_client', '-dtls', '-quiet', '-connect', `127.0.0.1:${server.port}`],
      'hello\n',
    );
    assert.equal(typeof out, 'string');
    await server.prints(/\nReport card of #1 [^\n]+\nGrade /);
  },
);

test('-report with a mode of its own is refused', async () => {
  for (const mode of ['-www', '-WWW', '-HTTP', '-rev']) {
    const { err, status } = await run(process.execPath, [program, '-report', mode]);
    assert.deepEqual([err, status], ["Can't use -report with -www, -WWW, -HTTP or -rev\n", 1]);
  }
});

const reference = installed('openssl') && (await run('openssl', ['version'])).out;
const otherClient = withoutCurl || (!reference?.startsWith('OpenSSL 3.0.') && 'curl is another than in README');

test('the example of README goes as it is written there', { skip: otherClient }, async () => {
  const block = /```console\n\$ (s_server .*-report .*)\n\.\.\.\n([\s\S]*?)\n\.\.\.\n```/.exec(
    readFileSync('README.md', 'utf8'),
  );
  const [, command = '', lines = ''] = block ?? assert.fail('there is no example');
  const { out, status } = await run(process.execPath, [program, ...command.split(' ').slice(1)]);
  const withoutPorts = (text: string) => text.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1');
  assert.equal(status, 0);
  assert.ok(withoutPorts(out).includes(`\n${withoutPorts(lines)}\n`), out);
});

test(
  'Chromium sends nothing unnamed, and its page passes axe-core in every size and colour',
  { skip: withoutChromium },
  async (t) => {
    const { server } = await start(t);
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 1280, height: 900 },
    ]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await chromiumPage(t, { viewport, colorScheme, bypassCSP: true });
        const asked: string[] = [];
        page.on('request', (request) => asked.push(new URL(request.url()).host));
        await page.goto(`https://127.0.0.1:${server.port}/`);
        assert.match((await page.textContent('.grade')) ?? '', /^Grade [A-F]/);
        assert.doesNotMatch((await page.textContent('main')) ?? '', /unknown|not known/);
        const width = await page.evaluate('document.documentElement.scrollWidth');
        assert.equal(width, viewport.width, 'nothing is wider than the screen');
        await page.evaluate(axe.source);
        const { violations } = (await page.evaluate('axe.run()')) as { violations: { id: string; help: string }[] };
        assert.deepEqual(
          violations.map(({ id, help }) => `${id}: ${help}`),
          [],
        );
        assert.deepEqual([...new Set(asked)], [`127.0.0.1:${server.port}`]);
        // Looked at by people: SERVERHELLO_SCREENSHOTS names a folder for pictures of what was tested.
        const pictures = process.env.SERVERHELLO_SCREENSHOTS;
        if (pictures)
          await page.screenshot({ path: join(pictures, `report-card-${viewport.width}-${colorScheme}.png`) });
      }
    }
  },
);
