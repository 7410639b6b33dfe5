import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issue } from '../x509/verify/issue.test.fixture.ts';
import { type PathCertificate, pathCertificate } from '../x509/verify/path-certificate.ts';
import { type Check, Verify } from '../x509/verify/run.ts';
import { verifyLines } from './verify-lines.ts';

const certificate = pathCertificate(issue({ subject: 'leaf', issuer: 'root', from: 2020, until: 2021 }));

test('a certificate that is in order has two lines, and none with -verify_quiet', () => {
  assert.equal(printed({ ok: 'passed' }), 'depth=0 leaf\nverify return:1\n');
  assert.equal(printed({ ok: 'passed' }, { quiet: true }), '');
});

test('a fault is told with its number, and what it is about', () => {
  assert.equal(
    printed({ ok: 'fault', error: Verify.expired }),
    `depth=0 leaf
verify error:num=10:certificate has expired
notAfter=Jan  1 00:00:00 2021 GMT
verify return:1
`,
  );
  assert.match(printed({ ok: 'fault', error: Verify.notYetValid }), /\nnotBefore=Jan {2}1 00:00:00 2020 GMT\n/);
  assert.match(printed({ ok: 'fault', error: Verify.unableToGetIssuer }), /\nissuer= root\n/);
});

test('what a fault is about is told again where the certificate passes', () => {
  assert.equal(
    printed({ ok: 'passed', error: Verify.expired }),
    'depth=0 leaf\nnotAfter=Jan  1 00:00:00 2021 GMT\nverify return:1\n',
  );
  assert.equal(
    printed({ ok: 'passed', error: Verify.expired }, { quiet: true }),
    'notAfter=Jan  1 00:00:00 2021 GMT\n',
  );
});

test('a fault that ends the handshake has no line of return', () => {
  const fault = { ok: 'fault', error: Verify.selfSignedLeaf, depth: 3 } as const;
  assert.equal(printed(fault, { goesOn: () => false }), 'depth=3 leaf\nverify error:num=18:self-signed certificate\n');
  assert.equal(printed(fault, { goesOn: (_, depth) => depth < 3 }), printed(fault, { goesOn: () => false }));
});

test('a fault of the chain is told without a certificate', () => {
  assert.match(printed({ ok: 'fault', error: Verify.revoked, certificate: undefined }), /^depth=0 <no cert>\n/);
});

test('policies are told where there is none that is asked for, and with -policy_print', () => {
  const none = 'Require explicit Policy: False\nAuthority Policies: <empty>\nUser Policies: <empty>\n';
  assert.equal(
    printed({ ok: 'fault', error: Verify.noExplicitPolicy }),
    `depth=0 leaf\nverify error:num=43:no explicit policy\n${none}verify return:1\n`,
  );
  assert.equal(printed({ ok: 'policies' }), `depth=0 leaf\n${none}verify return:2\n`);
  assert.equal(printed({ ok: 'policies' }, { quiet: true }), '');
});

function printed(
  check: Partial<Check> & Pick<Check, 'ok'>,
  { quiet = false, goesOn = () => true }: { quiet?: boolean; goesOn?(error: number, depth: number): boolean } = {},
): string {
  let text = '';
  const nameText = (name: Uint8Array) => (Buffer.from(name).includes('leaf') ? 'leaf' : 'root');
  const observer = verifyLines({
    err: (line) => {
      text += line;
    },
    nameText,
    quiet,
    goesOn,
  });
  const rest: Omit<Check, 'ok' | 'certificate'> = { depth: 0, error: 0, isCrlPath: false, policies: undefined };
  const known: { certificate: PathCertificate | undefined } = { certificate };
  observer.verify?.({ ...rest, ...known, ...check });
  return text;
}
