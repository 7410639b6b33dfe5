import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { keyAgreement } from '../src/crypto/groups.ts';
import { ConnectionFacts } from '../src/facts/connection-facts.ts';
import type { Fact } from '../src/facts/fact.ts';
import { FactStream } from '../src/facts/fact-stream.ts';
import { certificateFiles, folder } from './certificates.ts';
import { chromiumPages, installed, run } from './clients.ts';
import { Recorded, settingsOf } from './conversation.ts';
import { checked, factsIn, ofKind, onlyOne } from './facts.ts';
import { extension, HandMadeClient, hello13, helloBody, usual } from './hand-made-hello.ts';
import { Program } from './program.ts';

const words = ['-www', '-tls1_3'];

/** A Node of 24 or later: the one in the environment, or this one. */
const node = process.env.SERVERHELLO_NEWER_NODE ?? process.execPath;

test('Node 24 and later agree on X25519MLKEM768 without being asked to', async (t) => {
  const { out: version } = await run(node, ['--print', 'process.versions.openssl']);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major * 100 + minor < 305) return t.skip('neither SERVERHELLO_NEWER_NODE nor this Node is one with OpenSSL 3.5');
  const file = join(folder(t), 'facts');
  const program = await Program.start(t, ...words, '-json', file, ...certificateFiles(t, 'P-256').words);
  const { out, err } = await run(node, ['--input-type=module', '--eval', script, `${program.port}`]);
  assert.match(out, agreed, err);
  await program.stop();
  const { group } = onlyOne(factsIn(readFileSync(file, 'utf8')), 'established');
  assert.deepEqual(group, { code: 4588, name: 'X25519MLKEM768' });
});

test('Chromium agrees on X25519MLKEM768 without being asked to', async (t) => {
  const program = installed('chromium', 'chromium-browser', 'google-chrome');
  if (program === undefined) return t.skip('chromium is not installed');
  const { port } = await Program.start(t, ...words, ...certificateFiles(t, 'P-256').words);
  const [page = ''] = await chromiumPages(port, t);
  assert.match(page, agreed);
});

test('gnutls-cli agrees on X25519MLKEM768', async (t) => {
  if (installed('gnutls-cli') === undefined) return t.skip('gnutls-cli is not installed');
  if (!(await run('gnutls-cli', ['--list'])).out.includes('GROUP-X25519-MLKEM768'))
    return t.skip('this gnutls-cli does not have the group');
  const { port } = await Program.start(t, ...words, ...certificateFiles(t, 'P-256').words);
  const client = ['--insecure', '--port', `${port}`, '--priority', 'NORMAL:-GROUP-ALL:+GROUP-X25519-MLKEM768'];
  assert.match((await run('gnutls-cli', [...client, '127.0.0.1'], 'GET / HTTP/1.0\r\n\r\n')).out, agreed);
});

test('NSS tstclnt agrees on X25519MLKEM768', async (t) => {
  if (installed('tstclnt') === undefined) return t.skip('tstclnt is not installed');
  const { out, err } = await run('tstclnt', ['-H']);
  if (!(out + err).includes('mlkem768x25519')) return t.skip('this tstclnt does not have the group');
  const { port } = await Program.start(t, ...words, ...certificateFiles(t, 'P-256').words);
  const client = ['-h', '127.0.0.1', '-p', `${port}`, '-D', '-o', '-I', 'mlkem768x25519'];
  assert.match((await run('tstclnt', client, 'GET / HTTP/1.0\r\n\r\n')).out, agreed);
});

test('a hybrid is chosen by default when the client offers one: from its share, or by a HelloRetryRequest', async (t) => {
  const files = certificateFiles(t, 'P-256').words;
  const { share = assert.fail() } = keyAgreement(0x11ec)?.keyPair() ?? {};
  const hybridShare = extension(51, `04c4 11ec 04c0 ${Buffer.from(share).toString('hex')}`);
  const groups = extension(10, '0004 001d 11ec');
  for (const list of [[], ['-groups', 'DEFAULT']]) {
    const settings = await settingsOf('-www', ...files, ...list);
    const answer = (own: typeof groups, sent: typeof groups) =>
      keyShareOf(new HandMadeClient(settings).hello(hello13({ extensions: [own, sent] }, [usual.groups, usual.share])));
    assert.match(answer(groups, hybridShare), /^046411ec0460/);
    assert.equal(answer(groups, usual.share), '000211ec');
    assert.match(answer(usual.groups, usual.share), /^0024001d0020/);
  }
});

test('facts name a hybrid: offered, with a share, and chosen', async (t) => {
  const { share = assert.fail() } = keyAgreement(0x11ec)?.keyPair() ?? {};
  const sent = extension(51, `04c4 11ec 04c0 ${Buffer.from(share).toString('hex')}`);
  const offer = { extensions: [extension(10, '0006 11ec 001d 11eb'), sent] };
  const facts: Fact[] = [];
  const stream = new FactStream({ emit: (fact) => facts.push(checked(fact)) });
  const { observer } = new ConnectionFacts(stream, 1, { remote: null, local: null, transport: 'tcp' });
  const settings = await settingsOf('-www', ...certificateFiles(t, 'P-256').words);
  const { engine } = new Recorded({ settings, observer });
  const message = Buffer.from(helloBody(hello13(offer, [usual.groups, usual.share])));
  const { length } = message;
  engine.feed(Buffer.from([22, 3, 1, (length + 4) >> 8, length + 4, 1, 0, length >> 8, length, ...message]));
  const x25519 = { code: 29, name: 'x25519' };
  const [hybrid, p256] = [
    { code: 4588, name: 'X25519MLKEM768' },
    { code: 4587, name: 'SecP256r1MLKEM768' },
  ];
  const { groups, keyShares } = onlyOne(facts, 'clientHello');
  assert.deepEqual([groups, keyShares], [[hybrid, x25519, p256], [hybrid]]);
  const { chosen } = ofKind(facts, 'choice').find(({ what }) => what === 'group') ?? {};
  assert.deepEqual(chosen, hybrid);
});

/** The extension key_share of the first ServerHello, with its length, in hexadecimal. */
function keyShareOf(client: HandMadeClient): string {
  const [hello = new Uint8Array(0)] = client.bodies(2);
  return (
    /0033(0002.{4}|0024.{72}|0464.{2248})/.exec(Buffer.from(hello.subarray(35)).toString('hex'))?.[1] ?? client.end
  );
}

/** Line of the page. */
const agreed = /^Shared groups: (?:.*:)?X25519MLKEM768/m;

const script = `
  import { connect } from 'node:tls';
  const socket = connect({ port: Number(process.argv[1]), host: '127.0.0.1', rejectUnauthorized: false });
  socket.setEncoding('latin1').on('data', (text) => process.stdout.write(text));
  socket.write('GET / HTTP/1.0\\r\\n\\r\\n');
`;
