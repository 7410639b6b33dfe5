import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { TlsEngine } from '../src/connection/tls-engine.ts';
import { certificateFiles, certificateTypes } from './certificates.ts';
import { installed, opensslPage, run } from './clients.ts';
import { type Cut, converse, settingsOf } from './conversation.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';
const old = '@SECLEVEL=0';

test('s_client proves every type of certificate in every version that knows it', { skip }, async (t) => {
  const own = certificateFiles(t, 'RSA').words;
  for (const type of [...certificateTypes, 'DSA'] as const) {
    const files = certificateFiles(t, type);
    const asks = ['-Verify', '1', '-verify_return_error', '-CAfile', files.certificate];
    const program = await Program.start(t, '-www', '-cipher', `DEFAULT:${old}`, ...asks, ...own);
    for (const version of versionsOf(type)) {
      await t.test(`${type} ${version}`, async () => {
        const words = [version, '-cipher', `DEFAULT:${old}`, ...files.words];
        assert.match(await opensslPage(program.port, words), /^Client certificate\r?$/m);
      });
    }
  }
});

test('who must have a certificate and has none is refused, in every version', { skip }, async (t) => {
  const program = await Program.start(
    t,
    '-Verify',
    '1',
    '-cipher',
    `DEFAULT:${old}`,
    ...certificateFiles(t, 'RSA').words,
  );
  for (const version of ['-tls1', '-tls1_1', '-tls1_2', '-tls1_3']) {
    const text = await opensslPage(program.port, [version, '-cipher', `DEFAULT:${old}`]);
    assert.match(text, version === '-tls1_3' ? /SSL alert number 116/ : /SSL alert number 40/, version);
  }
  assert.equal(program.err.match(/tls_process_client_certificate:peer did not return a certificate/g)?.length, 4);
});

test('a certificate that was given is known to a resumed session, and to no other', { skip }, async (t) => {
  const files = certificateFiles(t, 'P-256');
  for (const version of ['-tls1_2', '-tls1_3']) {
    const program = await Program.start(t, '-verify', '1', '-CAfile', files.certificate, '-www', ...files.words);
    const session = `${files.key}${version}`;
    const first = await opensslPage(program.port, [version, '-sess_out', session, ...files.words]);
    assert.match(first, /^Client certificate/m);
    const second = await opensslPage(program.port, [version, '-sess_in', session]);
    assert.match(second, /^Reused, TLS/m);
    assert.match(second, /^Client certificate/m);
    const third = await opensslPage(program.port, [version]);
    assert.match(third, /^no client certificate available/m);
  }
});

test('a client of TLS 1.3 is asked after the handshake by the key c', { skip }, async (t) => {
  const files = certificateFiles(t, 'P-256');
  const program = await Program.start(t, '-tls1_3', '-CAfile', files.certificate, ...files.words);
  const client = spawn('openssl', [...connect(program.port), '-enable_pha', ...files.words], { timeout: 120_000 });
  const ended = new Promise((resolve) => client.on('close', resolve));
  client.on('error', () => {});
  await program.prints(/^CIPHER is /m);
  for (const requests of [1, 2]) {
    program.type('c\n');
    await program.prints(new RegExp(`(SSL_do_handshake -> 1[\\s\\S]*?Read BLOCK[\\s\\S]*?){${requests}}`));
  }
  client.stdin.write('still here\n');
  await program.prints(/still here/);
  client.stdin.end();
  await ended;
  // stderr may arrive later than stdout.
  await program.stop();
  assert.equal(program.err.match(/^verify return:1$/gm)?.length, 2);
});

test('several requests after the handshake may be open at once', { skip }, async (t) => {
  const files = certificateFiles(t, 'P-256');
  const settings = await settingsOf('-tls1_3', '-CAfile', files.certificate, ...files.words);
  const certificates: (Uint8Array | undefined)[] = [];
  let answered: () => void = () => {};
  const allAnswered = new Promise<void>((resolve) => {
    answered = resolve;
  });
  const server = createServer((transport) => {
    const engine: TlsEngine = new TlsEngine({
      settings,
      doors: {
        toPeer: (parts) => transport.write(Buffer.concat(parts)) || true,
        established: ({ clientCertificate }) => {
          certificates.push(clientCertificate);
          // Sent before any answer can have arrived.
          if (certificates.length === 1) for (let count = 0; count < 3; count++) engine.requestCertificate();
          if (certificates.length === 4) answered();
        },
        toApplication: () => true,
        earlyData: () => {},
        resume: () => {},
        writable: () => {},
        idle: () => {},
        ended: () => transport.end(),
      },
    });
    transport.on('data', (bytes) => engine.feed(bytes));
    transport.on('error', () => {});
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const client = spawn('openssl', [...connect(port), '-enable_pha', ...files.words], { timeout: 120_000 });
  const ended = once(client, 'close');
  await allAnswered;
  client.stdin.end();
  await ended;
  const { raw } = new X509Certificate(readFileSync(files.certificate));
  assert.deepEqual(
    certificates.map((it) => it && Buffer.from(it).equals(raw)),
    [undefined, true, true, true],
  );
});

test('every byte of what proves a client may be wrong, and nobody is taken in', async (t) => {
  const files = certificateFiles(t, 'P-256');
  const settings = await settingsOf('-tls1_2', '-Verify', '1', '-CAfile', files.certificate, ...files.words);
  const client = { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
  const talk = (cut?: Cut) =>
    converse({ server: { settings }, client, question: 'ping', answer: 'pong', ...(cut && { cut }) });
  let flight: Uint8Array = new Uint8Array(0);
  const sound = await talk(
    onSecond((bytes) => {
      flight = bytes;
      return bytes;
    }),
  );
  assert.equal(sound.serverRead, 'ping');
  for (let at = 5; at < flight.length; at += 3) {
    const { serverRead, endings } = await talk(onSecond((bytes) => flipped(bytes, at)));
    assert.equal(serverRead, '', `byte ${at}`);
    assert.ok(!endings.includes('crashed'), `byte ${at}`);
  }
});

/** onSecond changes the client's second flight: Certificate to Finished. */
function onSecond(change: (bytes: Uint8Array) => Uint8Array): Cut {
  let count = 0;
  return (bytes, to) => (to === 'server' && ++count === 2 ? [change(Uint8Array.from(bytes))] : [bytes]);
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 0x55;
  return bytes;
}

function connect(port: number): string[] {
  return ['s_client', '-connect', `127.0.0.1:${port}`];
}

function versionsOf(type: string): readonly string[] {
  if (type === 'DSA') return ['-tls1', '-tls1_1', '-tls1_2'];
  const isOld = type === 'RSA' || type.startsWith('P-');
  return isOld ? ['-tls1', '-tls1_1', '-tls1_2', '-tls1_3'] : ['-tls1_2', '-tls1_3'];
}

test(
  'the summary of -rev and -brief tells by which name the client is the host that was asked for',
  { skip },
  async (t) => {
    const files = certificateFiles(t, 'P-256');
    for (const [host, line] of [
      ['localhost', 'Verification: OK\nVerified peername: localhost\n'],
      ['elsewhere', 'Verification error: hostname mismatch\n'],
    ] as const) {
      const asks = ['-verify', '1', '-verify_hostname', host, '-CAfile', files.certificate];
      const program = await Program.start(t, '-rev', ...asks, ...files.words);
      await run('openssl', [...connect(program.port), ...files.words]);
      await program.stop();
      assert.match(program.err, new RegExp(`^Signature type: ECDSA\n${line}`, 'm'));
    }
  },
);

test('a fault of the certificate that was borne is told when the handshake fails later', { skip }, async (t) => {
  const { words } = certificateFiles(t, 'P-256');
  const client = certificateFiles(t, 'P-384').words;
  const program = await Program.start(t, '-verify', '1', '-tls1_2', '-groups', 'P-256', ...words);
  await run('openssl', [...connect(program.port), ...client]);
  await program.stop();
  assert.match(program.err, /^ERROR\nverify error:self-signed certificate\n.*:wrong curve:/m);
});

test('what the search for issuers leaves in the error queue comes out at the end', { skip }, async (t) => {
  const files = certificateFiles(t, 'P-256');
  const store = ['-verifyCAstore', `file:${files.certificate}`];
  const program = await Program.start(t, '-verify', '1', ...store, ...files.words);
  const line = /:error:1C8000DE:Provider routines:file_set_ctx_params:search only supported for directories:/g;
  for (const closed of [1, 2]) {
    await run('openssl', [...connect(program.port), ...files.words]);
    await program.prints(new RegExp(`(CONNECTION CLOSED[\\s\\S]*){${closed}}`));
  }
  await program.stop();
  assert.equal(program.err.match(line)?.length, 1);
  assert.match(program.out, /^ERROR\nshutting down SSL\n[\s\S]*^DONE\nshutting down SSL\n/m);
});
