import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { CookieKeys } from '../src/handshake/flow/stateless-cookie.ts';
import type { Extension } from '../src/messages/extensions/extension.ts';
import { Version } from '../src/names/versions.ts';
import type { Session } from '../src/sessions/session.ts';
import { certificateFiles } from './certificates.ts';
import { settingsOf } from './conversation.ts';
import { extension, HandMadeClient, type HandMadeHello, hello13, helloBody, usual } from './hand-made-hello.ts';
import { sealedSession } from './sealed-session.ts';

/*
 * Each row is a hello, or two, and what becomes of it: the alert and the lines of the error, or `goes on`. Where RFC and
 * reference differ is told in docs/decisions/wire-rules.md.
 */

const both = new Map<string, Settings>();

before(async () => {
  const files = { after: () => {} };
  for (const type of ['RSA', 'P-256'] as const)
    both.set(type, await settingsOf('-www', ...certificateFiles(files, type).words));
});

function settings(type = 'RSA'): Settings {
  const found = both.get(type);
  assert.ok(found);
  return found;
}

/** What becomes of a client with this hello, and of one with RSA or ECDSA makes no difference unless told. */
function table(rows: readonly (readonly [what: string, hello: HandMadeHello, end: string])[]): void {
  for (const [what, hello, end] of rows) {
    for (const type of both.keys()) {
      assert.equal(new HandMadeClient(settings(type)).hello(hello).end, end, `${what}, ${type}`);
    }
  }
}

const parsesName = 'illegal_parameter tls_parse_ctos_server_name:bad extension';

/** A list of names of these types. */
function names(...list: readonly (readonly [type: number, name: string])[]): Extension {
  const entries = list.map(([type, name]) =>
    Buffer.concat([Buffer.of(type, name.length >> 8, name.length), Buffer.from(name, 'latin1')]),
  );
  const all = Buffer.concat(entries);
  return { type: 0, body: Buffer.concat([Buffer.of(all.length >> 8, all.length), all]) };
}

test('a server name is one host name without control characters, whatever else it may be', () => {
  const rows: readonly (readonly [Extension, string])[] = [
    [names([0, 'a.example'], [0, 'b.example']), parsesName],
    [names([7, 'x'], [7, 'y']), parsesName],
    [names([0, '']), parsesName],
    [names([0, 'a'.repeat(256)]), parsesName],
    [names([0, 'a\0b']), parsesName],
    [names([0, 'a\nb']), parsesName],
    [names([0, 'a\x7f']), parsesName],
    [names(), 'decode_error tls_parse_ctos_server_name:bad extension'],
    [names([7, ''], [0, 'a.example']), 'goes on'],
    [names([7, 'unknown']), 'goes on'],
    [names([0, 'a_b.example.']), 'goes on'],
    [names([0, '127.0.0.1']), 'goes on'],
    [names([0, 'a'.repeat(255)]), 'goes on'],
  ];
  for (const [sni, end] of rows) {
    table([
      [Buffer.from(sni.body).toString('latin1'), { extensions: [sni, usual.groups, usual.schemes] }, end],
      ['the same in TLS 1.3', hello13({ extensions: [sni] }), end],
    ]);
  }
});

test('a client with curves has to take uncompressed points up to TLS 1.2', () => {
  const compressed = extension(11, '01 01');
  const refused = 'illegal_parameter tls_parse_ctos_ec_pt_formats:illegal point compression';
  table([
    ['with curves', { extensions: [usual.groups, compressed, usual.schemes] }, refused],
    ['in TLS 1.3', hello13({ extensions: [compressed] }), 'goes on'],
  ]);
  const transport = { cipherSuites: [0x009c], extensions: [compressed, usual.schemes] };
  assert.equal(new HandMadeClient(settings('RSA')).hello(transport).end, 'goes on');
});

test('schemes of certificates alone leave none to sign with', () => {
  const forCertificates = extension(50, '0004 0401 0403');
  const none = 'handshake_failure tls1_set_server_sigalgs:no shared signature algorithms';
  table([
    ['TLS 1.2', { extensions: [usual.groups, usual.points, forCertificates] }, none],
    ['TLS 1.3', hello13({ extensions: [forCertificates] }, [usual.schemes]), missingSchemes],
  ]);
});

const missingSchemes = 'missing_extension final_sig_algs:missing sigalgs extension';

test('a certificate is shown only to clients that take the signature on it, where they say', () => {
  const unsuitable = 'handshake_failure tls_choose_sigalg:no suitable signature algorithm';
  const own = { RSA: extension(50, '0002 0401'), 'P-256': extension(50, '0002 0403') };
  for (const [type, other] of [
    ['RSA', 'P-256'],
    ['P-256', 'RSA'],
  ] as const) {
    const ends = ([own[type], own[other], extension(50, '0002 0807')] as const).map((it) => [
      new HandMadeClient(settings(type)).hello({ extensions: [usual.groups, usual.points, usual.schemes, it] }).end,
      new HandMadeClient(settings(type)).hello(hello13({ extensions: [it] })).end,
    ]);
    assert.deepEqual(ends, [
      ['goes on', 'goes on'],
      [unsuitable, unsuitable],
      [unsuitable, unsuitable],
    ]);
  }
});

test('of several certificates the one that the client can verify is shown', () => {
  const rsa = settings('RSA');
  const two: Settings = { ...rsa, credentials: [...settings('P-256').credentials, ...rsa.credentials] };
  for (const [scheme, suite] of [
    ['0401', 0xc02f],
    ['0403', 0xc02b],
  ] as const) {
    const apart = extension(50, `0002 ${scheme}`);
    const hello = { cipherSuites: [0xc02b, 0xc02f], extensions: [usual.groups, usual.points, usual.schemes, apart] };
    const [answer] = new HandMadeClient(two).hello(hello).bodies(2);
    assert.ok(answer);
    const at = 35 + (answer[34] ?? 0);
    assert.equal(((answer[at] ?? 0) << 8) | (answer[at + 1] ?? 0), suite);
  }
});

test('SSL 3.0 in a hello gets an alert of TLS', () => {
  table([
    [
      'with supported_versions',
      hello13({ legacyVersion: 0x0300 }),
      'protocol_version tls_early_post_process_client_hello:bad legacy version',
    ],
    ['without', { legacyVersion: 0x0300 }, 'protocol_version tls_early_post_process_client_hello:version too low'],
  ]);
});

test('a list of suites that ends within one is a decode error of its own', () => {
  const end = 'decode_error ssl_cache_cipherlist:error in received cipher list';
  for (const hello of [helloBody(), helloBody(hello13())]) {
    const at = 35;
    const length = hello[at + 1] ?? 0;
    const [start, rest] = [hello.subarray(0, at), hello.subarray(at + 2)];
    const odd = Buffer.concat([
      start,
      Buffer.of(0, length + 1),
      rest.subarray(0, length),
      Buffer.of(0),
      rest.subarray(length),
    ]);
    assert.equal(new HandMadeClient(settings()).message(1, odd).end, end);
  }
  const sslv2 = Buffer.from(`801d 01 0301 0004 0000 0010 00002f 00 ${'11'.repeat(16)}`.replaceAll(' ', ''), 'hex');
  const client = new HandMadeClient({ ...settings(), minVersion: Version.TLSv1, securityLevel: 0 });
  client.server.engine.feed(sslv2);
  assert.equal(client.end, end);
  assert.deepEqual([...client.server.sentBytes.subarray(0, 3)], [21, 3, 1]);
});

test('a message longer than its kind can be is refused before it is there', () => {
  const end = 'decode_error read_state_machine:excessive message size';
  const long = new HandMadeClient(settings()).record(22, Buffer.of(1, 3, 0, 0));
  const later = new HandMadeClient(settings()).hello().record(22, Buffer.of(16, 0, 8, 1));
  assert.deepEqual([long.end, later.end], [end, end]);
});

test('close_notify inside the handshake is told as an end, by no alert', () => {
  const client = new HandMadeClient(settings()).hello().record(21, Buffer.of(1, 0));
  assert.deepEqual([client.end, client.alerts, client.server.info], ['closed', [], undefined]);
});

/** The first hello makes the server ask for another share. */
const otherShare = extension(
  51,
  `0045 0017 0041 04${'6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5'}`,
);

test('after a HelloRetryRequest a client changes its hello only where it may', () => {
  const changed = 'illegal_parameter tls_early_post_process_client_hello:bad data';
  const asking: Settings = { ...settings(), groups: settings().groups.filter(({ code }) => code === 0x17) };
  const first = { ...hello13(), sessionId: new Uint8Array(32).fill(5), cipherSuites: [0x1301, 0x1302] };
  const after = [usual.groups, usual.schemes, usual.tls13, otherShare, usual.pskModes];
  const rows: readonly (readonly [what: string, change: HandMadeHello, end: string])[] = [
    ['nothing but the share', {}, 'goes on'],
    ['padding comes', { extensions: [...after, extension(21, '000000')] }, 'goes on'],
    ['another random', { random: new Uint8Array(32).fill(0x12) }, changed],
    ['another session id', { sessionId: new Uint8Array(32).fill(6) }, changed],
    ['one suite less', { cipherSuites: [0x1301] }, changed],
    ['another legacy version', { legacyVersion: 0x0302 }, changed],
    ['another order of extensions', { extensions: [usual.schemes, usual.groups, ...after.slice(2)] }, changed],
    ['other groups', { extensions: [usual.secp256r1, ...after.slice(1)] }, changed],
    ['an extension more', { extensions: [...after, extension(23)] }, changed],
    ['an extension less', { extensions: after.slice(0, -1) }, changed],
    [
      'a key more',
      { extensions: [...after, extension(41, `0008 0002 6161 00000000 0021 20${'00'.repeat(32)}`)] },
      changed,
    ],
  ];
  const other = { extensions: after, cipherSuites: [0x1302, 0x1301] };
  for (const [stateless, where] of [
    [false, 'tls_early_post_process_client_hello'],
    [true, 'tls_parse_ctos_cookie'],
  ] as const) {
    assert.equal(comesAgain({ asking, first, stateless }, other), `illegal_parameter ${where}:bad cipher`);
    for (const [what, change, end] of rows) {
      // A cookie holds no more than a hash, which cannot tell whether there was a list of keys that has changed.
      if (stateless && what === 'a key more') continue;
      assert.equal(
        comesAgain({ asking, first, stateless }, { extensions: after, ...change }),
        end,
        `${what} ${stateless}`,
      );
    }
  }
});

interface Retry {
  readonly asking: Settings;
  readonly first: HandMadeHello;
  readonly stateless: boolean;
}

function comesAgain({ asking, first, stateless }: Retry, second: HandMadeHello): string {
  const cookieKeys = new CookieKeys((length) => new Uint8Array(length).fill(9));
  const client = new HandMadeClient({ ...asking, ...(stateless && { cookieKeys }) });
  client.hello(first);
  const [retry] = client.bodies(2);
  assert.ok(retry);
  const cookie = cookieIn(retry);
  assert.equal(cookie !== undefined, stateless);
  const extensions = [...(cookie ? [cookie] : []), ...(second.extensions ?? [])];
  return client.hello({ ...first, ...second, extensions }).end;
}

/** RFC 9846 section 4.2.3: version, random, session id, suite and compression method, and then the extensions. */
function cookieIn(retry: Uint8Array): Extension | undefined {
  for (let at = 2 + 32 + 1 + (retry[34] ?? 0) + 3 + 2; at < retry.length; ) {
    const [typeHigh = 0, typeLow = 0, high = 0, low = 0] = retry.subarray(at);
    const end = at + 4 + high * 0x100 + low;
    if (typeHigh * 0x100 + typeLow === 44) return { type: 44, body: retry.subarray(at + 4, end) };
    at = end;
  }
  return undefined;
}

/** A session as if it had been made here, sealed. */
function ticketOf(facts: Partial<Session> = {}): Uint8Array {
  const session: Session = {
    version: Version['TLSv1.2'],
    cipherSuite: 0xc02f,
    id: new Uint8Array(0),
    secret: new Uint8Array(48),
    idContext: settings().sessionIdContext,
    time: Math.floor(Date.now() / 1000),
    timeout: 7200,
    verifyResult: 0,
    ticketLifetimeHint: 0,
    ticketAgeAdd: 0,
    compression: 0,
    extendedMasterSecret: true,
    maxEarlyData: 0,
    maxFragmentLength: 0,
    group: 0x1d,
    ...facts,
  };
  return sealedSession(settings(), session, (length) => new Uint8Array(length).fill(3));
}

test('a session with extended master secret is not resumed without it', () => {
  const ticket = { type: 35, body: ticketOf() };
  const extensions = [usual.groups, usual.points, usual.schemes, ticket];
  const end = new HandMadeClient(settings()).hello({ extensions }).end;
  assert.equal(end, 'handshake_failure ssl_get_prev_session:inconsistent extms');
  const resumed = new HandMadeClient(settings()).hello({ extensions: [...extensions, extension(23)] });
  assert.deepEqual(resumed.said, ['22:2', '20', '22:0']);
});

test('a ticket of TLS 1.2 is no key of TLS 1.3, whatever its hash and its binder', () => {
  for (const cipherSuite of [0xc02f, 0xc030, 0x1301]) {
    for (const binder of ['20', '30', '21']) {
      const ticket = Buffer.from(ticketOf({ cipherSuite })).toString('hex');
      const identities = vector(`${vector(ticket)}00000000`);
      const binders = vector(`${binder}${'00'.repeat(Number.parseInt(binder, 16))}`);
      const client = new HandMadeClient(settings()).hello(
        hello13({ extensions: [extension(41, identities + binders)] }),
      );
      assert.equal(client.end, 'goes on');
      // ServerHello, ChangeCipherSpec, EncryptedExtensions, Certificate, CertificateVerify, Finished.
      assert.equal(client.said.length, 6);
    }
  }
});

/** Hexadecimal, behind its length in two bytes. */
function vector(hex: string): string {
  return (hex.length / 2).toString(16).padStart(4, '0') + hex;
}
