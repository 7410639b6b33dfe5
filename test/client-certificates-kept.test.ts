import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { constants } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { type ConnectionOptions, connect, type SecureVersion } from 'node:tls';
import { objectIdentifier, octetString, sequence } from '../src/bytes/der.ts';
import { toPem } from '../src/bytes/pem.ts';
import type { Doors } from '../src/connection/engine.ts';
import type { Observer } from '../src/connection/observer.ts';
import { TlsEngine } from '../src/connection/tls-engine.ts';
import type { SessionInfo } from '../src/handshake/flow/session-info.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { NewSessionTicket } from '../src/messages/new-session-ticket.ts';
import { ContentType } from '../src/names/content-types.ts';
import { issue, keyOf } from '../src/x509/verify/issue.test.fixture.ts';
import { certificateFiles } from './certificates.ts';
import { installed } from './clients.ts';
import { settingsOf } from './conversation.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`${version}: a session from before certificates were asked for does not stand for one`, async (t) => {
    const files = certificateFiles(t, 'P-256');
    const words = ['-CAfile', files.certificate, ...files.words];
    const open = await settingsOf('-www', ...words);
    const asking = await settingsOf('-Verify', '1', ...words);
    const strict = { ...asking, ticketKeys: open.ticketKeys, sessions: open.sessions };
    const own = { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
    const session = (await visit(open, version)).session;
    assert.ok(session);
    assert.equal((await visit(open, version, { session })).info?.resumed, true);
    assert.equal((await visit(strict, version, { session })).info, undefined);
    const shown = await visit(strict, version, { session, ...own });
    assert.equal(shown.info?.resumed, false);
    assert.ok(shown.info.clientCertificate);
    assert.ok(shown.session);
    const again = await visit(strict, version, { session: shown.session });
    assert.equal(again.info?.resumed, true);
    assert.ok(again.info.clientCertificate);
  });
}

test('in TLS 1.3 who is known under one name is asked again under another', async (t) => {
  const files = certificateFiles(t, 'P-256');
  const base = await settingsOf('-Verify', '1', '-CAfile', files.certificate, ...files.words);
  const settings: Settings = { ...base, serverName: (name) => (name === 'other.example' ? undefined : base) };
  const own = { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
  const { session } = await visit(settings, 'TLSv1.3', { servername: 'one.example', ...own });
  assert.ok(session);
  const same = await visit(settings, 'TLSv1.3', { servername: 'one.example', session });
  assert.equal(same.info?.resumed, true);
  for (const servername of ['two.example', 'other.example', '']) {
    assert.equal((await visit(settings, 'TLSv1.3', { servername, session })).info, undefined, servername);
  }
});

for (const secureOptions of [0, constants.SSL_OP_NO_TICKET]) {
  test(`TLSv1.2: a session is resumed under its own name alone, ${secureOptions === 0 ? 'by ticket' : 'by id'}`, async (t) => {
    const files = certificateFiles(t, 'P-256');
    const own = { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
    const names = ['one.example', 'ONE.example', 'two.example', 'unknown.example', ''];
    for (const words of [[], ['-Verify', '1', '-CAfile', files.certificate]]) {
      const base = await settingsOf('-www', ...words, ...files.words);
      const settings: Settings = { ...base, serverName: (name) => (name.endsWith('known.example') ? undefined : base) };
      for (const made of names) {
        const { session } = await visit(settings, 'TLSv1.2', { servername: made, secureOptions, ...own });
        assert.ok(session);
        for (const servername of names) {
          const again = await visit(settings, 'TLSv1.2', { servername, secureOptions, session, ...own });
          // Newer clients offer a session under exactly the name alone that it was made under.
          const isOffered = made === servername || clientIsOld;
          const isSame = served(made) === served(servername);
          assert.equal(again.info?.resumed, isOffered && isSame, `${made} ${servername}`);
        }
      }
    }
  });
}

const clientIsOld = /^3\.0\./.test(process.versions.openssl);

/** A name that is none of ours counts as none. */
function served(name: string): string {
  return name === 'unknown.example' ? '' : name.toLowerCase();
}

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`${version}: a client whose certificate leaves no room in a ticket is served, and gets none`, async (t) => {
    const files = certificateFiles(t, 'P-256');
    const settings = await settingsOf('-verify', '1', ...files.words);
    const cert = (length: number) => toPem('CERTIFICATE', issue({ subject: 'long', extensions: [filled(length)] }));
    const key = keyOf('long').export({ type: 'pkcs8', format: 'pem' });
    for (const [length, gets] of [
      [60_000, true],
      [64_000, true],
      [65_200, false],
      [66_000, false],
      [100_000, false],
    ] as const) {
      const { info, tickets } = await visit(settings, version, { cert: cert(length), key });
      assert.equal(info?.clientCertificate !== undefined && length < info.clientCertificate.length, true);
      assert.equal(
        tickets.some((it) => it.length > length),
        gets,
        `${length}`,
      );
      // Up to TLS 1.2 one is due once it is promised: an empty one says that there is none (RFC 5077 section 3.3).
      if (!gets)
        assert.deepEqual(
          tickets.map((it) => it.length),
          version === 'TLSv1.2' ? [10] : [],
        );
    }
  });
}

/** An extension that nobody knows, of this many bytes. */
function filled(length: number): Uint8Array {
  return sequence(objectIdentifier('1.3.6.1.4.1.99999.1'), octetString(new Uint8Array(length)));
}

test('our keys may change while a client proves itself after the handshake', { skip }, async (t) => {
  const files = certificateFiles(t, 'P-256');
  const settings = await settingsOf('-tls1_3', '-CAfile', files.certificate, ...files.words);
  let finished = 0;
  const server = createServer((transport) => {
    const engine: TlsEngine = engineFor(settings, {
      toPeer: (parts) => transport.write(Buffer.concat(parts)) || true,
      established: () => {
        if (finished++ === 0) engine.requestCertificate();
        else setImmediate(afterwards);
      },
    });
    const afterwards = () => {
      engine.updateKeys({ requestPeer: false });
      engine.write(Buffer.from('still here\n'));
    };
    transport.on('data', (bytes) => {
      if (finished !== 1) {
        engine.feed(bytes);
        return;
      }
      // The Certificate alone; the engine then waits for the proof.
      const first = 5 + bytes.readUInt16BE(3);
      engine.feed(bytes.subarray(0, first));
      engine.updateKeys({ requestPeer: false });
      engine.feed(bytes.subarray(first));
    });
    transport.on('error', () => {});
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const words = ['s_client', '-connect', `127.0.0.1:${port}`, '-enable_pha', '-quiet', ...files.words];
  const client = spawn('openssl', words, { timeout: 120_000 });
  const ended = once(client, 'close');
  const [read] = (await Promise.race([once(client.stdout, 'data'), ended])) as unknown[];
  assert.equal(String(read), 'still here\n');
  assert.equal(finished, 2);
  client.stdin.end();
  client.kill();
  await ended;
});

test('a new handshake is not asked for before there is one, so that what the first one asks for stays', async (t) => {
  const engine = engineFor(await settingsOf('-Verify', '1', ...certificateFiles(t, 'P-256').words), {});
  assert.throws(() => engine.renegotiate({ certificate: 'again' }), /still in init/);
});

interface Visit {
  /** Undefined for a failed handshake. */
  readonly info: SessionInfo | undefined;
  /** The latest session of the client. */
  readonly session: Buffer | undefined;
  /** The messages that tickets came in. */
  readonly tickets: readonly Uint8Array[];
}

/** visit uses Node's client, which waits for a byte, and for the session that precedes it. */
async function visit(settings: Settings, version: SecureVersion, options: ConnectionOptions = {}): Promise<Visit> {
  let info: SessionInfo | undefined;
  const tickets: Uint8Array[] = [];
  const server = createServer((transport) => {
    const doors: Partial<Doors> = {
      toPeer: (parts) => transport.write(Buffer.concat(parts)) || true,
      established: (told) => {
        info = told;
        engine.write(Buffer.from('x'));
      },
      ended: () => transport.end(),
    };
    const engine: TlsEngine = engineFor(settings, doors, {
      message: (way, type, _version, bytes) => {
        if (way === 'write' && type === ContentType.handshake && bytes[0] === NewSessionTicket.type)
          tickets.push(Uint8Array.from(bytes));
      },
    });
    transport.on('data', (bytes) => engine.feed(bytes));
    transport.on('error', () => {});
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const bounds = { minVersion: version, maxVersion: version, rejectUnauthorized: false };
  const client = connect({ port, host: '127.0.0.1', ...bounds, ...options });
  let session: Buffer | undefined;
  client.on('session', (newest) => {
    session = newest;
  });
  client.on('error', () => {});
  client.on('data', () => client.end());
  await new Promise((resolve) => client.once('close', resolve));
  server.close();
  return { info, session, tickets };
}

function engineFor(settings: Settings, doors: Partial<Doors>, observer: Observer = {}): TlsEngine {
  return new TlsEngine({
    settings,
    observer,
    doors: {
      toPeer: () => true,
      toApplication: () => true,
      earlyData: () => {},
      resume: () => {},
      writable: () => {},
      idle: () => {},
      established: () => {},
      ended: () => {},
      ...doors,
    },
  });
}
