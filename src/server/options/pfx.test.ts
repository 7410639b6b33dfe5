import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect } from 'node:tls';
import { authority, certificatePem, issue, keyOf } from '../../x509/verify/issue.test.fixture.ts';
import { createSecureContext } from '../create-secure-context.ts';
import { createServer } from '../create-server.ts';
import { TlsError } from '../sockets/tls-error.ts';

const skip = spawnSync('openssl', ['version']).status !== 0 && 'openssl is not installed';

const folder = mkdtempSync(join(tmpdir(), 'pfx-'));
after(() => rmSync(folder, { recursive: true }));

const root = certificatePem(issue({ subject: 'root', extensions: [authority()] }));
const leaf = certificatePem(issue({ subject: 'leaf', issuer: 'root' }));

function made(...words: readonly string[]): Uint8Array {
  const [input, output] = [join(folder, 'input'), join(folder, 'output')];
  writeFileSync(input, `${keyOf('leaf').export({ type: 'pkcs8', format: 'pem' })}${leaf}${root}`);
  const how = ['pkcs12', '-export', '-in', input, '-out', output, '-passout', 'pass:secret'];
  execFileSync('openssl', [...how, ...words], { timeout: 120_000 });
  return readFileSync(output);
}

test('a server with a PKCS #12 file shows its certificate and chain', { skip }, async (t) => {
  const pfx = made();
  for (const given of [{ pfx, passphrase: 'secret' }, { pfx: [{ buf: pfx, passphrase: 'secret' }] }]) {
    const server = createServer(given, (socket) => socket.end()).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const client = connect({ port, host: '127.0.0.1', ca: root, checkServerIdentity: () => undefined });
    await new Promise((resolve, reject) => client.once('secureConnect', resolve).once('error', reject));
    const shown = client.getPeerCertificate(true);
    assert.equal(shown.subject.CN, 'leaf');
    assert.equal(shown.issuerCertificate.subject.CN, 'root');
    client.destroy();
  }
});

test('what signs the certificate in the file is trusted for clients, and named to them', { skip }, () => {
  const { settings } = createSecureContext({ pfx: made(), passphrase: 'secret', ca: leaf });
  assert.equal(settings.clientAuthentication?.authorityNames.length, 2);
});

test('a file that cannot be used is told', { skip }, () => {
  refused({ pfx: made(), passphrase: 'no' }, /wrong passphrase/);
  refused({ pfx: made() }, /needs a passphrase/);
  refused({ pfx: Buffer.from('text') }, /no PKCS #12 file/);
  refused({ pfx: made('-nokeys'), passphrase: 'secret' }, /no private key/);
  refused({ pfx: made('-nocerts'), passphrase: 'secret' }, /no certificate/);
});

function refused(options: Parameters<typeof createSecureContext>[0], message: RegExp): void {
  assert.throws(
    () => createSecureContext(options),
    (error) => error instanceof TlsError && error.code === 'ERR_SERVERHELLO_CREDENTIAL' && message.test(error.message),
  );
}
