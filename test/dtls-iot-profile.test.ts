import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { certificateFiles } from './certificates.ts';
import { installed, type Outcome, run } from './clients.ts';
import { Program } from './program.ts';

/* The profile of TLS and DTLS for small devices, RFC 7925, with clients of others. */

const skip = installed('openssl') === undefined && 'openssl is not installed';
const skipGnutls = installed('gnutls-cli') === undefined && 'gnutls-cli is not installed';
const key = '00112233445566778899aabbccddeeff';
/** OpenSSL counts the short tag of CCM_8 as 64 bits, which its default level refuses. */
const level = '@SECLEVEL=0';

function server(t: TestContext, suite: string, ...words: readonly string[]): Promise<Program> {
  return Program.start(t, '-dtls1_2', '-cipher', `${suite}:${level}`, ...words);
}

function openssl({ port }: Program, suite: string, ...words: readonly string[]): Promise<Outcome> {
  const reach = ['s_client', '-connect', `127.0.0.1:${port}`, '-dtls1_2', '-cipher', `${suite}:${level}`];
  return run('openssl', [...reach, ...words], 'hello\n');
}

function gnutls({ port }: Program, kinds: string, ...words: readonly string[]): Promise<Outcome> {
  const priority = `NONE:+VERS-DTLS1.2:+CIPHER-ALL:+MAC-ALL:+COMP-NULL:+SIGN-ALL:+GROUP-ALL:${kinds}`;
  const reach = ['--udp', '--insecure', '--priority', priority, '--port', `${port}`, '127.0.0.1'];
  return run('gnutls-cli', [...words, ...reach], 'hello\n');
}

const pskSuite = 'PSK-AES128-CCM8';
const certificateSuite = 'ECDHE-ECDSA-AES128-CCM8';

test('a device with a key: openssl speaks PSK-AES128-CCM8 (section 4.2)', { skip }, async (t) => {
  const program = await server(t, pskSuite, '-nocert', '-psk', key);
  const { out } = await openssl(program, pskSuite, '-psk', key);
  assert.match(out, new RegExp(`^New, TLSv1\\.2, Cipher is ${pskSuite}$`, 'm'));
  await program.prints(/^hello$/m);
});

test('a device with a key: gnutls-cli speaks AES_128_CCM_8', { skip: skipGnutls }, async (t) => {
  const program = await server(t, pskSuite, '-nocert', '-psk', key);
  const words = ['--pskusername', 'Client_identity', '--pskkey', key];
  const { out } = await gnutls(program, '-CIPHER-ALL:+AES-128-CCM-8:+AEAD:+PSK', ...words);
  assert.match(out, /^- Description: \(DTLS1\.2.*PSK.*AES-128-CCM-8/m);
  await program.prints(/^hello$/m);
});

test('a device with certificates: openssl speaks ECDHE-ECDSA-AES128-CCM8 (section 4.4)', { skip }, async (t) => {
  const program = await server(t, certificateSuite, ...certificateFiles(t, 'P-256').words);
  const { out } = await openssl(program, certificateSuite);
  assert.match(out, new RegExp(`^New, TLSv1\\.2, Cipher is ${certificateSuite}$`, 'm'));
  await program.prints(/^hello$/m);
});

test('a device with certificates: gnutls-cli speaks AES_128_CCM_8', { skip: skipGnutls }, async (t) => {
  const program = await server(t, certificateSuite, ...certificateFiles(t, 'P-256').words);
  const { out } = await gnutls(program, '-CIPHER-ALL:+AES-128-CCM-8:+AEAD:+ECDHE-ECDSA');
  assert.match(out, /^- Description: \(DTLS1\.2.*ECDSA.*AES-128-CCM-8/m);
  await program.prints(/^hello$/m);
});

test('a device with little memory: openssl gets records of 512 bytes at most (section 16)', { skip }, async (t) => {
  const suite = 'ECDHE-RSA-AES128-GCM-SHA256';
  const program = await server(
    t,
    suite,
    '-mtu',
    '1400',
    '-json',
    'fd:2',
    '-json_records',
    ...certificateFiles(t, 'RSA').words,
  );
  const { out } = await openssl(program, suite, '-maxfraglen', '512');
  assert.match(out, new RegExp(`Cipher is ${suite}$`, 'm'));
  await program.prints(/^hello$/m);
  const sent = /"fact":"record"[^\n]*"way":"out"[^\n]*"length":(\d+),"protected":false/g;
  const lengths = [...program.err.matchAll(sent)].map(([, length]) => Number(length));
  // The Certificate alone is longer: it is cut.
  assert.equal(Math.max(...lengths), 512);
});
