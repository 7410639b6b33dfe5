import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { integer, sequence, unsignedInteger } from '../bytes/der.ts';
import { toPem } from '../bytes/pem.ts';
import { rfc7919Parameters } from '../crypto/groups/dh.ts';
import { Version } from '../names/versions.ts';
import { selfSigned } from '../x509/issue/self-signed.ts';
import { help } from './help/help.ts';
import { RecordedOutput } from './output/recorded-output.test.fixture.ts';
import { type Prepared, prepare } from './prepare.ts';

const folder = mkdtempSync(join(tmpdir(), 's_server-run-'));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const { key, certificate } = selfSigned({
  names: ['localhost'],
  now: Date.UTC(2026, 0, 1),
  random: (length) => new Uint8Array(length).fill(7),
});
writeFileSync(at('key.pem'), key.export({ type: 'pkcs8', format: 'pem' }));
writeFileSync(
  at('other.pem'),
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
);
const body = Buffer.from(certificate).toString('base64').replace(/.{64}/g, '$&\n');
writeFileSync(at('cert.pem'), `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`);
const identity = `-cert ${at('cert.pem')} -key ${at('key.pem')}`;
const dhLine = 'Using default temp DH parameters\n';

test('options become settings, an address and an output', async () => {
  const { prepared, output } = await ready(
    `${identity} -accept 127.0.0.1:0 -alpn h2,http/1.1 -www -serverpref -context ab`,
  );
  assert.equal(output.all, dhLine);
  const { settings, address, web, options } = prepared;
  assert.deepEqual(address, { family: 'any', host: '127.0.0.1', port: '0' });
  assert.deepEqual([web, options.www], ['www', true]);
  assert.deepEqual(settings.alpn, ['h2', 'http/1.1']);
  assert.deepEqual([settings.serverPreference, settings.temporaryDh], [true, 'auto']);
  assert.equal(Buffer.from(settings.sessionIdContext).toString(), 'ab');
  assert.equal(settings.credentials.length, 1);
  assert.equal(settings.credentials[0]?.keyType, 'EC');
  assert.deepEqual(Buffer.from(settings.credentials[0]?.chain[0] ?? []), Buffer.from(certificate));
});

test('a protocol flag sets both bounds and wins over the configuration', async () => {
  const { prepared } = await ready(`${identity} -tls1_2 -min_protocol TLSv1 -max_protocol TLSv1.3`);
  assert.deepEqual(
    [prepared.settings.minVersion, prepared.settings.maxVersion],
    [Version['TLSv1.2'], Version['TLSv1.2']],
  );
});

test('the session id context is the number 1 by default', async () => {
  const { prepared } = await ready(identity);
  assert.deepEqual([...prepared.settings.sessionIdContext], [1, 0, 0, 0]);
});

test('a second pair of the same type of key replaces the first, and is loaded before the configuration is applied', async () => {
  const same = await ready(`${identity} -dcert ${at('cert.pem')} -dkey ${at('key.pem')}`);
  assert.equal(same.prepared.settings.credentials.length, 1);
  const { code, stderr } = await refused(`${identity} -dcert ${at('cert.pem')} -dkey ${at('other.pem')}`);
  assert.equal(code, 1);
  assert.match(stderr, /^error setting private key\n/);
  const missing = await refused(`-nocert -dcert ${at('nowhere')} -cipher FOO`);
  assert.match(missing.stderr, /^Could not open file or uri for loading second certificate private key from /);
});

test('DH parameters come from -dhparam or stand beside the certificate', async () => {
  const prime = rfc7919Parameters(2048)?.p ?? new Uint8Array(0);
  const parameters = toPem('DH PARAMETERS', sequence(unsignedInteger(prime), integer(2)));
  writeFileSync(at('dh.pem'), parameters);
  writeFileSync(at('cert-dh.pem'), toPem('CERTIFICATE', certificate) + parameters);
  for (const line of [`${identity} -dhparam ${at('dh.pem')}`, `-cert ${at('cert-dh.pem')} -key ${at('key.pem')}`]) {
    const { prepared, output } = await ready(line);
    assert.equal(output.all, 'Setting temp DH parameters\n');
    const { temporaryDh } = prepared.settings;
    assert.equal(typeof temporaryDh === 'object' && temporaryDh.privateLength, 225);
  }
  const missing = await ready(`${identity} -dhparam ${at('nowhere')}`);
  assert.equal(missing.prepared.settings.temporaryDh, 'auto');
  assert.match(missing.output.all, /^Could not open file or uri for loading params of DH parameters from .*\n/);
  assert.ok(missing.output.all.endsWith(dhLine));
  assert.deepEqual((await ready(`${identity} -dhparam ${at('dh.pem')} -no_dhe`)).prepared.settings.temporaryDh, 'none');
});

test('DH parameters that are too small for the security level end the program', async () => {
  const parameters = toPem('DH PARAMETERS', sequence(unsignedInteger(Buffer.alloc(128, 0xff)), integer(2)));
  writeFileSync(at('small.pem'), parameters);
  const { code, stdout, stderr } = await refused(`${identity} -dhparam ${at('small.pem')}`);
  assert.deepEqual([code, stdout], [1, 'Setting temp DH parameters\n']);
  assert.match(stderr, /^Error setting temp DH parameters\n\w+:error:0A00018A:.*dh key too small:.*\n$/);
  await ready(`${identity} -dhparam ${at('small.pem')} -cipher DEFAULT@SECLEVEL=1`);
});

test('the smaller of the two sizes bounds the records that are sent', async () => {
  const bound = async (line: string) => (await ready(`${identity} ${line}`)).prepared.settings.maxSendFragment;
  assert.equal(await bound('-max_pipelines 2 -read_buf 65536'), 16384);
  assert.equal(await bound('-max_send_frag 600'), 600);
  assert.equal(await bound('-max_send_frag 600 -split_send_frag 100'), 100);
});

test('-writerand writes its file also when the program is refused', async () => {
  assert.equal((await refused(`${identity} -writerand ${at('random')} -cipher FOO`)).code, 1);
  assert.equal(readFileSync(at('random')).length, 1024);
  const unwritable = await refused(['-writerand', at('no/where'), '-help']);
  assert.equal(unwritable.code, 1);
  assert.match(unwritable.stderr, /\nCannot write random bytes:\n.*\n$/);
});

test('a key log that cannot be opened ends the program', async () => {
  assert.deepEqual(await refused(`${identity} -keylogfile ${at('no/where')}`), {
    code: 1,
    stdout: dhLine,
    stderr: `Error writing keylog file ${at('no/where')}\n`,
  });
});

test('-no_dhe takes the line about DH parameters away, quiet silences it, -debug brings it back', async () => {
  assert.equal((await ready(`${identity} -no_dhe`)).output.all, '');
  const quiet = await ready(`${identity} -brief`);
  quiet.prepared.output.out('nobody sees this');
  quiet.prepared.output.err('but this');
  assert.equal(quiet.output.all, 'but this');
  assert.equal((await ready(`${identity} -quiet -debug`)).output.all, dhLine);
});

test('-id_prefix tells its prefix, and warns when it leaves no room', async () => {
  assert.equal((await ready(`${identity} -id_prefix ab`)).output.all, `id_prefix 'ab' set.\n${dhLine}`);
  const long = 'x'.repeat(32);
  assert.equal(
    (await ready(`${identity} -id_prefix ${long}`)).output.stderr,
    `warning: id_prefix is too long, only one new session will be possible\nid_prefix '${long}' set.\n`,
  );
});

test('a key of another certificate is found after the line about DH parameters', async () => {
  const { code, stdout, stderr } = await refused(`-cert ${at('cert.pem')} -key ${at('other.pem')}`);
  assert.deepEqual([code, stdout], [1, dhLine]);
  assert.match(
    stderr,
    /^error setting private key\n\w+:error:05800074:x509 certificate routines:X509_check_private_key:key values mismatch:.*\n$/,
  );
});

test('files are loaded before the configuration is applied, the key first', async () => {
  const missing = await refused('-cert /nonexistent/file -cipher FOO');
  assert.deepEqual([missing.code, missing.stdout], [1, '']);
  assert.match(
    missing.stderr,
    /^Could not open file or uri for loading server certificate private key from \/nonexistent\/file\n/,
  );
  const chain = await refused(`${identity} -cert_chain /nonexistent/chain -cipher FOO`);
  assert.match(chain.stderr, /^Could not open file or uri for loading certs of server certificate chain from /);
  const cipher = await refused(`${identity} -cipher FOO -max_send_frag 5`);
  assert.match(cipher.stderr, /^Call to SSL_CONF_cmd\(-cipher, FOO\) failed\n/);
  assert.equal(
    (await refused(`${identity} -max_send_frag 5`)).stderr,
    's_server: Max send fragment size 5 is out of permitted range\n',
  );
});

test('a password argument without a source ends the program before anything is loaded', async () => {
  assert.deepEqual(await refused('-cert /nonexistent/file -pass secret'), {
    code: 1,
    stdout: '',
    stderr: "Invalid password argument, missing ':' within the first 5 chars\nError getting password\n",
  });
});

test('an empty list of protocols ends the program without a word', async () => {
  const nothing = { code: 1, stdout: '', stderr: '' };
  assert.deepEqual(await refused([...identity.split(' '), '-alpn', '']), nothing);
  assert.deepEqual(await refused([...identity.split(' '), '-nextprotoneg', ',']), nothing);
});

test('what is not possible is told last, after everything else that is wrong', async () => {
  assert.deepEqual(await refused(`${identity} -dtls -sctp`), {
    code: 1,
    stdout: dhLine,
    stderr: 's_server: -sctp is not possible: there is no SCTP\n',
  });
  assert.equal((await refused(`${identity} -dtls -sctp -www`)).stderr, "Can't use -HTTP, -www or -WWW with DTLS\n");
});

test('help is printed on stderr and ends with exit code 0', async () => {
  assert.deepEqual(await refused('-help'), { code: 0, stdout: '', stderr: help() });
});

test('the completion script is printed on stdout', async () => {
  const { code, stdout } = await refused('completion bash');
  assert.equal(code, 0);
  assert.match(stdout, /complete .* s_server serverhello\n$/);
});

test('without a certificate one is made, and nothing is told before all is known to work', async () => {
  const { prepared, output } = await ready('-accept 4433');
  const [credential] = prepared.settings.credentials;
  assert.equal(credential?.keyType, 'EC');
  assert.deepEqual(prepared.selfMade?.certificate, credential?.chain[0]);
  assert.deepEqual([output.stdout, output.stderr], [dhLine, '']);
  assert.doesNotMatch((await refused('-accept 4433 -cipher NOPE')).stderr, /fingerprint|curl/);
});

async function ready(line: string): Promise<{ prepared: Prepared; output: RecordedOutput }> {
  const output = new RecordedOutput();
  const prepared = await prepare(line.split(' '), output);
  if (typeof prepared === 'number') throw new Error(output.all);
  return { prepared, output };
}

async function refused(line: string | string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const output = new RecordedOutput();
  const code = await prepare(typeof line === 'string' ? line.split(' ') : line, output);
  return { code, stdout: output.stdout, stderr: output.stderr };
}
