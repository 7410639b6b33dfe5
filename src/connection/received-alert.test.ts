import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem, type ProblemName } from '../names/problems.ts';
import { Version } from '../names/versions.ts';
import { alertCode } from './alert-code.ts';
import { AlertReader } from './received-alert.ts';

const tls12 = Version['TLSv1.2'];
const tls13 = Version['TLSv1.3'];

test('close_notify closes; in TLS 1.2 only as a warning', () => {
  assert.equal(new AlertReader('ssl3_read_bytes').read(1, 0, tls12), 'closes');
  assert.equal(new AlertReader('ssl3_read_bytes').read(2, 0, tls13), 'closes');
  assert.equal(lineOf(() => new AlertReader('ssl3_read_bytes').read(2, 0, tls12)).text, 'reason(1000)');
});

test('a fatal alert is told with its number and is not answered', () => {
  const problem = thrown(() => new AlertReader('ssl3_read_bytes').read(2, 42, tls12));
  assert.equal(problem.alert, undefined);
  const [line] = problem.lines;
  assert.deepEqual(
    [line?.reason, line?.text, line?.extra],
    [1042, 'sslv3 alert bad certificate', 'SSL alert number 42'],
  );
});

test('TLS 1.3 takes every alert for fatal but user_canceled', () => {
  assert.equal(new AlertReader('ssl3_read_bytes').read(1, 90, tls13), 'ignored');
  assert.equal(lineOf(() => new AlertReader('ssl3_read_bytes').read(1, 46, tls13)).reason, 1046);
  assert.equal(new AlertReader('ssl3_read_bytes').read(1, 46, tls12), 'ignored');
});

test('the fifth warning in a row is one too many', () => {
  const alerts = new AlertReader('ssl3_read_bytes');
  for (let i = 0; i < 4; i++) assert.equal(alerts.read(1, 46, tls12), 'ignored');
  alerts.interrupted();
  for (let i = 0; i < 4; i++) assert.equal(alerts.read(1, 46, tls12), 'ignored');
  assert.equal(
    nameOf(() => alerts.read(1, 46, tls12)),
    'tooManyWarnAlerts',
  );
});

test('a level that is neither, and a refused renegotiation, end the conversation', () => {
  assert.equal(
    nameOf(() => new AlertReader('ssl3_read_bytes').read(7, 46, tls12)),
    'unknownAlertType',
  );
  assert.equal(
    nameOf(() => new AlertReader('ssl3_read_bytes').read(1, 100, tls12)),
    'noRenegotiation',
  );
});

test('old versions get the alerts that they know', () => {
  assert.equal(alertCode('certificate_required', tls13), 116);
  assert.equal(alertCode('certificate_required', tls12), 40);
  assert.equal(alertCode('missing_extension', tls12), 40);
  assert.equal(alertCode('unknown_ca', Version.SSLv3), 42);
  assert.equal(alertCode('no_renegotiation', Version.SSLv3), undefined);
  assert.equal(alertCode('bad_record_mac', Version.SSLv3), 20);
});

function thrown(what: () => unknown): Problem {
  try {
    what();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

function nameOf(what: () => unknown): ProblemName {
  return thrown(what).problem;
}

function lineOf(what: () => unknown) {
  const [line] = thrown(what).lines;
  return { reason: line?.reason, text: line?.text };
}
