import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { alertPoint, suitePoint, versionPoint } from '../../facts/decoding/code-points.ts';
import { textOf } from '../../facts/decoding/value.ts';
import type { Story } from '../../facts/fact-stream.ts';
import { receivedHello } from '../../facts/received-hello.ts';
import { alerts } from '../../names/alerts.ts';
import { type ProblemName, problems } from '../../names/problems.ts';
import { explain } from './explain.ts';
import { alertExplanations } from './received-alerts.ts';
import type { Failed, Hello } from './seen.ts';

const nothing: Story = { hello: undefined, choices: [], began: false };
const certificate = {
  subject: 'CN = right.example',
  names: ['right.example', '*.wild.example'],
  key: 'EC P-256',
  fingerprint: '00',
  pin: '',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
};

function failed(members: Partial<Failed>): Failed {
  return {
    problem: 'peerAlert',
    text: '',
    rfc: null,
    alertSent: null,
    alertReceived: null,
    where: 'handshake',
    ...members,
  };
}

function hello(members: Partial<Hello> = {}): Hello {
  const decoded = receivedHello(bareHello);
  assert.ok(decoded);
  const start = { fact: 'clientHello', at: 0, connection: 1, number: 1, records: 1, reads: [] } as const;
  return { ...start, ...decoded.toJSON(), ...members };
}

/** TLS 1.2 with AES128-SHA and no extension. */
const bareHello = Buffer.from(`010000290303${'00'.repeat(32)}000002002f0100`, 'hex');

function choice(what: Story['choices'][number]['what'], members: Partial<Story['choices'][number]>) {
  return { fact: 'choice', at: 0, connection: 1, what, chosen: null, from: [], ours: [], why: '', ...members } as const;
}

function isProblem(name: string): name is ProblemName {
  return name in problems;
}

test('every problem and every ending is explained in one to five printable lines', () => {
  const names = [...Object.keys(problems).filter(isProblem), 'lost', 'timedOut', 'crashed', 'disconnected'] as const;
  for (const problem of names) {
    for (const rfc of [null, 'RFC 9846 section 4']) {
      const lines = explain(failed({ problem, rfc }), nothing, []);
      assert.ok(lines.length >= 1 && lines.length <= 5, problem);
      assert.ok(
        lines.every((it) => it.trim() !== ''),
        problem,
      );
    }
  }
});

test('every alert has an explanation of its own', () => {
  assert.deepEqual(Object.keys(alertExplanations).sort(), alerts.map(({ name }) => name).sort());
  const explained = alerts.map(({ code }) => explain(failed({ alertReceived: alertPoint(code) }), nothing, []).join());
  assert.ok(explained.every((it) => !it.startsWith('the client sends an alert that no RFC has')));
  assert.match(explain(failed({ alertReceived: alertPoint(200) }), nothing, [])[0] ?? '', /no RFC has/);
});

test('a client with RSA key exchange alone hears which option serves it', () => {
  const ecdhe = 0xc02f;
  const aes = suitePoint(0x002f);
  const missing = choice('suite', { from: [aes], ours: [suitePoint(ecdhe)] });
  const story = { hello: hello(), choices: [missing], began: true };
  assert.deepEqual(explain(failed({ problem: 'noSharedCipher' }), story, [certificate]), [
    'client offers TLSv1.2 at most with AES128-SHA: RSA key exchange only',
    'we allow ECDHE-RSA-AES128-GCM-SHA256; our keys: EC P-256',
    'add -cipher DEFAULT:kRSA, or give the client ECDHE suites with AES-GCM or ChaCha20',
  ]);
  const common = { ...story, choices: [choice('suite', { from: [aes], ours: [aes] })] };
  const [, , advice] = explain(failed({ problem: 'noSharedCipher' }), common, [certificate]);
  assert.match(advice ?? '', /^both have AES128-SHA, for a certificate with a key of kind RSA/);
});

test('a client with an old version alone hears which option serves it', () => {
  const story = {
    hello: hello({ legacyVersion: versionPoint(0x0301) }),
    choices: [choice('version', { from: [versionPoint(0x0301)], ours: [versionPoint(0x0304), versionPoint(0x0303)] })],
    began: true,
  };
  assert.deepEqual(explain(failed({ problem: 'unsupportedProtocol' }), story, []), [
    'client offers TLSv1 at most',
    'we speak TLSv1.3, TLSv1.2',
    'serve it with -tls1 -cipher DEFAULT:@SECLEVEL=0, or give the client TLS 1.2 or later',
  ]);
});

test('a name that is not in the certificate is told apart from a root that is not known', () => {
  const alert = failed({ alertReceived: alertPoint(46) });
  const asking = (serverName: string) =>
    explain(alert, { hello: hello({ serverName }), choices: [], began: true }, [certificate]).join('\n');
  assert.match(asking('wrong.example'), /wrong\.example is not among its names/);
  for (const name of ['RIGHT.example', 'a.wild.example']) assert.doesNotMatch(asking(name), /not among its names/);
  assert.match(asking('a.b.wild.example'), /not among its names/);
});

test('up to TLS 1.2 another pre-shared key is told as what it is', () => {
  const failure = failed({ problem: 'decryptionFailedOrBadRecordMac' });
  const explained = (chosen: string | null) =>
    explain(failure, { ...nothing, choices: [choice('psk', { chosen, from: ['alice'] })] }, []);
  assert.match(explained('alice')[0] ?? '', /^client uses the pre-shared key of alice, .*another key$/);
  assert.match(explained(null)[0] ?? '', /^client names the PSK identity alice, which we do not know$/);
  const later = explain({ ...failure, where: 'data' }, { ...nothing, choices: [choice('psk', { chosen: 'a' })] }, []);
  assert.doesNotMatch(later.join(), /pre-shared/);
});

test('a server without certificates says what a client without a key can do', () => {
  const story = { ...nothing, hello: hello(), choices: [choice('version', { chosen: versionPoint(0x0303) })] };
  assert.match(
    explain(failed({ problem: 'noSuitableSignatureAlgorithm' }), story, []).join(),
    /we have no certificate/,
  );
});

test('a hello that breaks off is told apart from a connection that says nothing', () => {
  const leaving = failed({ problem: 'disconnected', where: 'before the hello' });
  assert.match(explain(leaving, nothing, [])[0] ?? '', /before it had said anything/);
  assert.match(explain(leaving, { ...nothing, began: true }, [])[0] ?? '', /in the middle of its ClientHello/);
  const waiting = failed({ problem: 'timedOut', where: 'before the hello' });
  assert.match(explain(waiting, nothing, [])[0] ?? '', /said nothing/);
  assert.match(explain(waiting, { ...nothing, began: true }, [])[0] ?? '', /began its ClientHello/);
});

test('whatever a peer has named comes out without control characters', () => {
  const hostile = '\u001b[2J\r\n\u0007\u009b';
  const text = textOf(Buffer.from(hostile, 'latin1'));
  const story = {
    hello: hello({ serverName: text, alpn: [text] }),
    choices: [choice('alpn', { from: [text], ours: [text] }), choice('certificate', { chosen: hostile })],
    began: true,
  };
  for (const problem of ['noApplicationProtocol', 'callbackFailed', 'disconnected'] as const) {
    isPrintable(explain(failed({ problem }), story, [{ ...certificate, subject: hostile, names: [hostile] }]));
  }
  isPrintable(explain(failed({ alertReceived: alertPoint(48) }), story, [{ ...certificate, subject: hostile }]));
});

function isPrintable(lines: readonly string[]): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  for (const line of lines) assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f]/);
}

test('any facts give printable lines', () => {
  const point = fc.record({ code: fc.nat(0xffff), name: fc.option(fc.string()) });
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.record({ hex: fc.string() }));
  const list = fc.array(fc.oneof(point, text), { maxLength: 40 });
  const what = fc.constantFrom('version', 'suite', 'group', 'scheme', 'certificate', 'alpn', 'psk', 'ticket', 'sni');
  const choices = fc.array(
    fc.record({ what, chosen: fc.option(fc.oneof(point, text)), from: list, ours: list, why: fc.string() }),
    { maxLength: 12 },
  );
  const failures = fc.record({
    problem: fc.constantFrom(...Object.keys(problems).filter(isProblem), 'lost', 'timedOut', 'crashed', 'disconnected'),
    text: fc.string(),
    rfc: fc.option(fc.string()),
    alertReceived: fc.option(fc.nat(255).map(alertPoint)),
    where: fc.constantFrom('before the hello', 'handshake', 'data'),
  });
  const points = fc.array(point, { maxLength: 40 });
  const offers = fc.record({
    legacyVersion: point,
    versions: points,
    cipherSuites: points,
    groups: points,
    signatureAlgorithms: points,
    alpn: fc.array(text),
    serverName: fc.option(text),
  });
  const own = fc.array(fc.record({ subject: text, names: fc.array(text), key: fc.string() }), { maxLength: 3 });
  fc.assert(
    fc.property(failures, fc.option(offers), choices, own, (failure, offer, chosen, certificates) => {
      const story = {
        hello: offer === null ? undefined : hello(offer as Partial<Hello>),
        choices: chosen.map((it) => choice(it.what as 'suite', it)),
        began: true,
      };
      const lines = explain(
        failed(failure as Partial<Failed>),
        story,
        certificates.map((it) => ({ ...certificate, ...it })),
      );
      assert.ok(lines.length >= 1 && lines.length <= 5);
      isPrintable(lines);
    }),
    { numRuns: 500 },
  );
});
