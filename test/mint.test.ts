import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import { installed, run } from './clients.ts';
import { Program } from './program.ts';
import { missingFor, verifyingClients } from './verifying-clients.ts';

/** rootOf returns the file that the program names on stderr. */
function rootOf({ err }: Program): string {
  return /^curl --cacert (\S+)/m.exec(err)?.[1] ?? '';
}

/** shown returns what the server shows, without a verdict about it. */
function shown(port: number, servername?: string): Promise<DetailedPeerCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...(servername && { servername }) });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate(true));
      socket.destroy();
    });
  });
}

test('every client that trusts the root accepts the server under any name', async (t) => {
  const program = await Program.start(t, '-mint', 'p256', 'rsa', '-www');
  for (const client of verifyingClients) {
    await t.test(client.name, { skip: missingFor(client) ?? false }, async (each) => {
      for (const name of ['a.example', 'deep.below.b.test']) {
        const verdict = await client.accepts({ port: program.port, ca: rootOf(program), name }, each);
        assert.equal(verdict, true, name);
      }
    });
  }
});

test('a client that trusts another root refuses it', async (t) => {
  const [one, other] = [await Program.start(t, '-mint', '-www'), await Program.start(t, '-mint', '-www')];
  for (const client of verifyingClients) {
    if (missingFor(client) !== undefined) continue;
    const verdict = await client.accepts({ port: one.port, ca: rootOf(other), name: 'a.example' }, t);
    assert.notEqual(verdict, true, client.name);
  }
});

test('the certificate has the name that was asked for alone, or the address where none was', async (t) => {
  const { port } = await Program.start(t, '-mint', '-www');
  const leaf = await shown(port, 'A.Example');
  assert.equal(leaf.subjectaltname, 'DNS:a.example');
  assert.equal(leaf.subject.CN, 'a.example');
  const days = (Date.parse(leaf.valid_to) - Date.parse(leaf.valid_from)) / 86_400_000;
  assert.ok(days > 30 && days < 31, `${days}`);
  assert.equal(leaf.serialNumber.length, 32);
  assert.equal((await shown(port)).subjectaltname, 'IP Address:127.0.0.1');
  const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.example`;
  assert.equal((await shown(port, long)).subjectaltname, `DNS:${long}`);
  // No name of a host.
  assert.equal((await shown(port, 'a b')).subjectaltname, 'IP Address:127.0.0.1');
});

test('two clients that ask for one name are shown one certificate', async (t) => {
  const { port } = await Program.start(t, '-mint', '-www');
  const [one, again, other] = [await shown(port, 'a.test'), await shown(port, 'a.test'), await shown(port, 'b.test')];
  assert.equal(one.fingerprint256, again.fingerprint256);
  assert.notEqual(one.fingerprint256, other.fingerprint256);
  assert.equal(one.pubkey?.toString('hex'), other.pubkey?.toString('hex'));
});

test('an intermediate that signs leaves alone stands between', async (t) => {
  const program = await Program.start(t, '-mint', '-www');
  const { issuerCertificate } = await shown(program.port, 'a.test');
  const intermediate = new X509Certificate(issuerCertificate.raw);
  assert.match(intermediate.subject, /intermediate/);
  assert.equal(intermediate.ca, true);
  const openssl = await run('openssl', ['x509', '-noout', '-text'], intermediate.toString());
  if (openssl.status === 0) assert.match(openssl.out, /CA:TRUE, pathlen:0/);
});

const skip = installed('openssl') === undefined && 'openssl is not installed';

/** signatureOf returns the kind of the server's signature for a client with these options. */
async function signatureOf(port: number, ca: string, ...words: readonly string[]): Promise<string> {
  const common = ['-connect', `127.0.0.1:${port}`, '-CAfile', ca, '-no-CApath', '-servername', 'a.test'];
  const { out, err } = await run('openssl', ['s_client', ...common, '-verify_return_error', ...words], 'Q\n');
  return /^Peer signature type: (.*)$/m.exec(out)?.[1] ?? err;
}

test('of several kinds each client gets the one that it can use, in its own order', { skip }, async (t) => {
  const program = await Program.start(t, '-mint', ...['ed448', 'rsa-pss', 'ed25519', 'p384', 'p256', 'rsa'], '-www');
  const of = (...words: readonly string[]) => signatureOf(program.port, rootOf(program), ...words);
  assert.equal(await of(), 'ECDSA');
  assert.equal(await of('-sigalgs', 'ed25519:ECDSA+SHA256'), 'ed25519');
  assert.equal(await of('-sigalgs', 'ed448'), 'ed448');
  assert.equal(await of('-sigalgs', 'rsa_pss_pss_sha256'), 'RSA-PSS');
  assert.equal(await of('-sigalgs', 'rsa_pss_rsae_sha256:ECDSA+SHA384'), 'RSA-PSS');
  assert.equal(await of('-no_tls1_3', '-cipher', 'aRSA', '-sigalgs', 'RSA+SHA256'), 'RSA');
  assert.equal(await of('-no_tls1_3', '-cipher', 'aECDSA'), 'ECDSA');
});

test('where only RSA is asked for, the whole chain is of RSA', async (t) => {
  const { port } = await Program.start(t, '-mint', 'rsa', '-www');
  const leaf = await shown(port, 'a.test');
  for (const it of [leaf, leaf.issuerCertificate])
    assert.equal(new X509Certificate(it.raw).publicKey.asymmetricKeyType, 'rsa');
});

test('a root that lives for one run is in a file of this run, for the user alone', async (t) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const program = await Program.start(t, '-mint', '-www');
    const file = rootOf(program);
    assert.equal(statSync(dirname(file)).mode & 0o777, 0o700);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    program.process.kill(signal);
    assert.equal((await program.closed).signal, signal);
    assert.equal(existsSync(dirname(file)), false, signal);
  }
});

test('a command is told the file', { skip: installed('curl') === undefined }, async (t) => {
  const names = ['--connect-to', '::localhost:{port}', 'https://a.example:{port}/', 'https://b.test:{port}/'];
  const program = new Program(['-mint', '-expect', 'established', '--', 'curl', '-sS', '--cacert', '{ca}', ...names]);
  t.after(() => program.stop());
  program.process.stdin.end();
  assert.equal((await program.closed).code, 0, program.err);
  assert.equal(program.out.match(/the connection works/g)?.length, 2);
});

const noCurl = installed('curl') === undefined && 'curl is not installed';

test(
  'a client that does not trust the root is told of with the certificate that it was shown',
  { skip: noCurl },
  async (t) => {
    const program = await Program.start(t, '-mint', '-www', '-explain');
    const to = ['--noproxy', '*', '--connect-to', `::localhost:${program.port}`, `https://a.example:${program.port}/`];
    assert.notEqual((await run('curl', ['-sS', ...to])).status, 0);
    await program.tells(/^ +client asked for the name a\.example and was shown CN = a\.example$/m);
  },
);

test('the server listens on this machine alone unless -accept says more', async (t) => {
  for (const [words, line] of [
    [['-accept', '0'], /^ACCEPT 127\.0\.0\.1:\d+$/m],
    [['-accept', '0', '-6'], /^ACCEPT \[::1\]:\d+$/m],
    [['-accept', '*:0'], /^ACCEPT (?:\[::\]|0\.0\.0\.0):\d+$/m],
  ] as const) {
    const program = new Program([...words, '-mint']);
    t.after(() => program.stop());
    await program.prints(/^ACCEPT/m);
    assert.match(program.out, line);
  }
});

test('what does not go with it, and kinds that there are not, are refused in a line', async () => {
  for (const [words, line] of [
    [['-mint', '-cert', 'x.pem'], "Can't use -mint with -cert\n"],
    [['-mint', '-nocert'], "Can't use -mint with -nocert\n"],
    [['-mint', '-servername', 'x'], "Can't use -mint with -servername\n"],
    [['-mint', 'dsa'], /^s_server: -mint: "dsa" is none of rsa, rsa-pss, p256, .*\n$/],
    [['-mint=p256,p257'], /^s_server: -mint: "p257" is none of /],
  ] as const) {
    const program = new Program(words);
    assert.equal((await program.closed).code, 1);
    if (typeof line === 'string') assert.equal(program.err, line);
    else assert.match(program.err, line);
  }
});
