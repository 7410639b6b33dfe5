import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { authority, certificatePem, crlPem, issue, issueCrl } from '../../x509/verify/issue.test.fixture.ts';
import { answerRequests } from './requests.ts';

const trusted = certificatePem(issue({ subject: 'root', extensions: [authority()] }));
const leaf = certificatePem(issue({ subject: 'leaf', issuer: 'root', serial: 3 }));
const attime = Date.UTC(2025, 0, 1) / 1000;

async function answers(...lines: readonly (string | object)[]) {
  const text = lines.map((it) => `${typeof it === 'string' ? it : JSON.stringify(it)}\n`).join('');
  let out = '';
  const output = {
    out: (written: string) => {
      out += written;
    },
    err: () => undefined,
  };
  const exitCode = await answerRequests(Readable.from([text]), [], output);
  return {
    exitCode,
    verdicts: out
      .trimEnd()
      .split('\n')
      .map((line) => {
        const { fact, at, ...verdict } = JSON.parse(line);
        assert.deepEqual([fact, typeof at], ['verification', 'number']);
        return verdict as Record<string, unknown>;
      }),
  };
}

test('a request in PEM is answered with a verdict', async () => {
  const { exitCode, verdicts } = await answers({ id: 7, chain: [leaf], trusted: [trusted], parameters: { attime } });
  assert.equal(exitCode, 0);
  assert.deepEqual(verdicts, [
    {
      id: 7,
      ok: true,
      error: { code: 0, name: 'X509_V_OK', text: 'ok' },
      depth: 0,
      chain: ['CN = leaf', 'CN = root'],
      untrusted: 1,
      faults: [],
    },
  ]);
});

test('every fault is told', async () => {
  const crls = [crlPem(issueCrl({ issuer: 'root', revoked: [[3]] }))];
  const parameters = { attime, crl_check: true, policy: ['1.2.3', '1.2.4'] };
  const { exitCode, verdicts } = await answers({ chain: leaf, trusted, crls, parameters });
  assert.equal(exitCode, 2);
  assert.deepEqual((verdicts[0] as { faults: unknown }).faults, [
    {
      depth: 0,
      subject: 'CN = leaf',
      error: { code: 23, name: 'X509_V_ERR_CERT_REVOKED', text: 'certificate revoked' },
      goesOn: false,
    },
  ]);
});

test('a line that is no request is answered too, and the next one after it', async () => {
  const bad = [
    '{',
    '[]',
    {},
    { chain: [7] },
    { chain: ['/no/such/file'] },
    { chain: leaf, parameters: { nonsense: 1 } },
  ];
  const { verdicts } = await answers(...bad, { chain: leaf, trusted, parameters: { attime } });
  assert.deepEqual(
    verdicts.map((it) => (it as { ok: boolean }).ok),
    [...bad.map(() => false), true],
  );
  for (const it of verdicts.slice(0, -1)) assert.equal(typeof (it as { problem: unknown }).problem, 'string');
});
