import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { toPem } from '../../bytes/pem.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import { selfSigned } from '../../x509/issue/self-signed.ts';
import { authority, certificatePem, issue } from '../../x509/verify/issue.test.fixture.ts';
import { RecordedOutput } from '../output/recorded-output.test.fixture.ts';
import { prepare } from '../prepare.ts';

const folder = mkdtempSync(join(tmpdir(), 's_server-context-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const made = selfSigned({
  names: ['localhost'],
  now: Date.UTC(2026, 0, 1),
  random: (length) => new Uint8Array(length).fill(7),
});
const certificate = file('cert.pem', toPem('CERTIFICATE', made.certificate));
const key = file('key.pem', made.key.export({ type: 'pkcs8', format: 'pem' }));
const locked = file(
  'locked.pem',
  made.key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'open' }),
);
const root = file('root.pem', certificatePem(issue({ subject: 'Root', extensions: [authority()] })));
const identity = ['-cert', certificate, '-key', key];

async function settings(...words: readonly string[]): Promise<Settings> {
  const output = new RecordedOutput();
  const prepared = await prepare([...identity, ...words], output);
  if (typeof prepared === 'number') throw new Error(output.all);
  return prepared.settings;
}

async function refusal(...words: readonly string[]): Promise<string> {
  const output = new RecordedOutput();
  assert.equal(await prepare([...identity, ...words], output), 1);
  return output.stderr;
}

test('the caches of sessions are the library, the program or none', async () => {
  assert.equal((await settings()).sessionCache, 'internal');
  assert.equal((await settings('-ext_cache')).sessionCache, 'external');
  assert.equal((await settings('-no_cache')).sessionCache, 'off');
});

test('switches become settings of the same meaning', async () => {
  const plain = await settings();
  assert.deepEqual([plain.resumesEphemeral, plain.ignoreUnexpectedEof], [true, false]);
  assert.equal((await settings('-no_resume_ephemeral')).resumesEphemeral, false);
  assert.equal((await settings('-ignore_unexpected_eof')).ignoreUnexpectedEof, true);
});

test('-servername_fatal makes an alert of a warning', async () => {
  const second = ['-servername', 'other.example', '-cert2', certificate, '-key2', key];
  const isFatal = ({ serverName }: Settings) => serverName && 'fatal' in serverName && serverName.fatal;
  assert.equal(isFatal(await settings(...second)), false);
  assert.equal(isFatal(await settings(...second, '-servername_fatal')), true);
});

test('-dcert comes with -dcert_chain, and -dpass opens its key', async () => {
  const second = ['-dcert', certificate, '-dkey', locked, '-dcert_chain', root];
  const { credentials } = await settings('-nocert', ...second, '-dpass', 'pass:open');
  assert.deepEqual(
    credentials.map(({ chain }) => chain.length),
    [2],
  );
  assert.match(await refusal('-nocert', ...second, '-dpass', 'pass:shut'), /second certificate private key/);
});

test('-no_ca_names keeps the names of authorities to the server', async () => {
  const names = async (...words: string[]) =>
    (await settings('-verify', '1', '-CAfile', root, ...words)).clientAuthentication?.authorityNames.length;
  assert.deepEqual([await names(), await names('-no_ca_names')], [1, 0]);
});

test('-CRL names a list that must be there', async () => {
  assert.match(await refusal('-CRL', join(folder, 'none')), /^Could not open file or uri for loading CRL from /);
});

test('options without effect change no parameter of a verification', async () => {
  const parameters = async (...words: string[]) => (await settings(...words)).clientAuthentication?.parameters;
  const plain = await parameters('-verify', '1');
  assert.deepEqual(await parameters('-verify', '1', '-issuer_checks', '-trusted_first', '-no_alt_chains'), plain);
  assert.notDeepEqual(await parameters('-verify', '1', '-partial_chain'), plain);
});

test('formats of files are checked words, and files must have them', async () => {
  const extended = ['-xcert', certificate, '-xkey', key];
  const { extendedCredentials } = await settings(...extended, '-xcertform', 'PEM', '-xkeyform', 'PEM');
  assert.equal(extendedCredentials?.length, 1);
  assert.match(await refusal(...extended, '-xcertform', 'DER'), /^Could not read cert of Server Certificate from /);
  assert.match(await refusal(...extended, '-xkeyform', 'DER'), /^Could not read server key from /);
  for (const option of ['-xcertform', '-xkeyform']) {
    assert.match(await refusal(option, 'FOO'), new RegExp(`Invalid format "FOO" for option ${option}\n`));
  }
});

test('-async asks for engines that there are not, so that nothing changes', async () => {
  const { cipherSuites, maxSendFragment } = await settings('-async');
  const plain = await settings();
  assert.deepEqual([cipherSuites, maxSendFragment], [plain.cipherSuites, plain.maxSendFragment]);
});

test('-sctp_label_bug is refused as -sctp is', async () => {
  assert.equal(
    await refusal('-dtls', '-sctp_label_bug'),
    's_server: -sctp_label_bug is not possible: there is no SCTP\n',
  );
});
