import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { calculateJa3, calculateJa4, readTlsClientHello } from 'read-tls-client-hello';
import type { Fact, FactOf } from '../src/facts/fact.ts';
import { field, withoutTshark } from './captures.ts';
import { certificateFiles, folder } from './certificates.ts';
import { type Client, clients, installed, opensslPage, run } from './clients.ts';
import { factsIn, ofKind } from './facts.ts';
import { type Cleanup, Program } from './program.ts';

/*
 * Hellos of the clients of this machine. They change with every update, so that no golden file can have them: these
 * tests hold what is true of any hello.
 */

type Hello = FactOf<'clientHello'>;

interface Visitor {
  readonly name: string;
  readonly missing: Client['missing'];
  readonly visit: (port: number, test: Cleanup) => Promise<unknown>;
  /** Words of the server. */
  readonly words?: readonly string[];
}

const newerOpenssl = process.env.SERVERHELLO_NEWER_OPENSSL;

const python = `
import socket, ssl, sys
context = ssl._create_unverified_context()
context.set_alpn_protocols(['h2', 'http/1.1'])
with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as transport:
    context.wrap_socket(transport, server_hostname='localhost').close()
`;

const java = `
public class Visit {
    public static void main(String[] words) throws Exception {
        var socket = javax.net.ssl.SSLSocketFactory.getDefault().createSocket("localhost", Integer.parseInt(words[0]));
        try { ((javax.net.ssl.SSLSocket) socket).startHandshake(); } catch (java.io.IOException untrusted) { }
    }
}
`;

const visitors: readonly Visitor[] = [
  ...clients.map(({ name, missing, twoPages }) => ({ name, missing, visit: twoPages })),
  {
    name: 'openssl s_client up to TLS 1.2',
    missing: async () => without('openssl'),
    visit: (port) => opensslPage(port, ['-no_tls1_3', '-servername', 'localhost', '-alpn', 'x,http/1.1', '-status']),
  },
  {
    name: 'openssl s_client of a newer release',
    missing: async () => (newerOpenssl ? undefined : 'there is no SERVERHELLO_NEWER_OPENSSL'),
    visit: (port) => run(newerOpenssl ?? '', ['s_client', '-connect', `127.0.0.1:${port}`], 'Q\n'),
  },
  {
    name: 'openssl s_client over DTLS',
    missing: async () => without('openssl'),
    visit: (port) => run('openssl', ['s_client', '-dtls', '-connect', `127.0.0.1:${port}`], 'Q\n'),
    words: ['-dtls'],
  },
  {
    name: 'Python',
    missing: async () => without('python3'),
    visit: (port) => run('python3', ['-c', python, `${port}`]),
  },
  {
    name: 'Java',
    missing: async () => without('java') ?? without('javac'),
    visit: async (port, t) => {
      const file = join(folder(t), 'Visit.java');
      writeFileSync(file, java);
      return run('java', [file, `${port}`]);
    },
  },
];

function without(name: string): string | undefined {
  return installed(name) === undefined ? `${name} is not installed` : undefined;
}

for (const { name, missing, visit, words = ['-www'] } of visitors) {
  test(`the hello of ${name} on this machine is understood to the last byte`, async (t) => {
    const reason = await missing();
    if (reason !== undefined) return t.skip(reason);
    const capture = join(folder(t), 'capture.pcapng');
    const identity = certificateFiles(t, 'P-256').words;
    const program = new Program(['-json', '-', '-json_bytes', '-pcapng', capture, ...words, ...identity]);
    t.after(() => program.stop());
    await program.prints(/"fact":"listening".*\n/);
    const [listening] = ofKind(factsIn(program.out), 'listening');
    await visit(listening?.port ?? 0, t);
    await program.stop();
    const facts = factsIn(program.out);
    const hellos = ofKind(facts, 'clientHello');
    assert.ok(hellos.length > 0, program.err);
    for (const hello of hellos) {
      const message = messageOf(hello, facts);
      assert.deepEqual(unnamed(hello), []);
      assert.deepEqual([...faultsIn(hello), ...faultsIn(message.value)], []);
      assert.equal(encoded(hello, message), message.bytes);
      assert.equal(hello.length, (message.bytes ?? '').length / 2);
      assert.ok(hello.records > 0 && hello.reads.reduce((sum, it) => sum + it, 0) >= hello.length);
      checkPrints(hello);
      if (message.version.code >> 8 === 3) await checkByOthers(hello, message);
    }
    await t.test('tshark computes the same', { skip: withoutTshark }, () => checkByTshark(capture, hellos));
    return undefined;
  });
}

type Message = FactOf<'message'>;

function messageOf(hello: Hello, facts: readonly Fact[]): Message {
  const before = facts.slice(0, facts.indexOf(hello));
  const message = ofKind(before, 'message').findLast(({ connection }) => connection === hello.connection);
  assert.equal(message?.name, 'ClientHello');
  return message as Message;
}

/** Code points without a name, unless they are of RFC 8701, wherever they stand. */
function unnamed(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const isPoint = 'code' in value && 'name' in value && value.name === null && !('grease' in value);
  return [...(isPoint ? [value] : []), ...Object.values(value).flatMap(unnamed)];
}

/** Places that do not fit their description. */
function faultsIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const isFault = 'malformed' in value || 'rest' in value;
  return [...(isFault ? [value] : []), ...Object.values(value).flatMap(faultsIn)];
}

/** encoded makes the message from what the facts say of it. */
function encoded(hello: Hello, { value, bytes = '', version }: Message): string {
  const overDatagrams = version.code >> 8 === 0xfe;
  const number = (it: number, size: number) => it.toString(16).padStart(2 * size, '0');
  const vector = (content: string, size: number) => number(content.length / 2, size) + content;
  const { cookie } = value as { readonly cookie?: string };
  const extensions = hello.extensions.map(({ code, bytes: body }) => number(code, 2) + vector(body, 2)).join('');
  const body = [
    number(hello.legacyVersion.code, 2) + hello.random + vector(hello.sessionId, 1),
    overDatagrams ? vector(cookie ?? '', 1) : '',
    vector(hello.cipherSuites.map(({ code }) => number(code, 2)).join(''), 2),
    vector(hello.compressionMethods.map((code) => number(code, 1)).join(''), 1),
    vector(extensions, 2),
  ].join('');
  // The numbers of fragments in DTLS say nothing about the hello.
  return `01${number(body.length / 2, 3)}${overDatagrams ? bytes.substring(8, 24) : ''}${body}`;
}

/** Form of the fingerprints, and that they are hashes of their raw forms. */
function checkPrints({ ja3, ja3_raw, ja3n, ja4, ja4_r }: Hello): void {
  assert.match(ja3_raw, /^\d+(,(\d+(-\d+)*)?){4}$/);
  assert.equal(ja3, createHash('md5').update(ja3_raw).digest('hex'));
  assert.match(ja3n, /^[0-9a-f]{32}$/);
  assert.match(ja4, /^[td](s[23]|1[0-3]|d[12])[di]\d{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/i);
  const [start, suites = '', ...rest] = ja4_r.split('_');
  const short = (text: string) => createHash('sha256').update(text).digest('hex').substring(0, 12);
  assert.equal(ja4, [start, short(suites), short(rest.join('_'))].join('_'));
}

async function checkByOthers({ ja3, ja4 }: Hello, { bytes = '' }: Message): Promise<void> {
  const message = Buffer.from(bytes, 'hex');
  const header = Buffer.of(22, 3, 1, message.length >> 8, message.length & 0xff);
  const read = await readTlsClientHello(Readable.from([Buffer.concat([header, message])], { objectMode: false }));
  assert.deepEqual([ja3, ja4], [calculateJa3(read), calculateJa4(read)]);
}

/** Compares the fingerprints that this tshark knows: those of JA4 came with 4.2. */
async function checkByTshark(capture: string, hellos: readonly Hello[]): Promise<void> {
  const overDatagrams = hellos[0]?.ja4.startsWith('d') === true;
  const layer = overDatagrams ? 'dtls' : 'tls';
  // No fact tells of a hello before its cookie.
  const filter = `${layer}.handshake.type == 1${overDatagrams ? ' && dtls.handshake.cookie_length > 0' : ''}`;
  for (const name of ['ja3', 'ja4', 'ja4_r'] as const) {
    const path = `${layer}.handshake.${name}`;
    if (!(await fieldsOfTshark).includes(`\t${path}\t`)) continue;
    const seen = await field(capture, filter, path);
    assert.deepEqual(seen.toSorted(), hellos.map((hello) => hello[name]).toSorted());
  }
}

const fieldsOfTshark = withoutTshark ? '' : run('tshark', ['-G', 'fields']).then(({ out }) => out);
