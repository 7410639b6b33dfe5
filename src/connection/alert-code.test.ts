import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertName } from '../names/alerts.ts';
import { Version } from '../names/versions.ts';
import { alertCode } from './alert-code.ts';

const { SSLv3, TLSv1, 'TLSv1.2': tls12, 'TLSv1.3': tls13 } = Version;

test('an alert that a version does not have is substituted, or not sent at all', () => {
  const cases: readonly (readonly [AlertName, number, number | undefined])[] = [
    ['close_notify', SSLv3, 0],
    ['decode_error', SSLv3, 40],
    ['record_overflow', SSLv3, 20],
    ['unknown_ca', SSLv3, 42],
    ['no_renegotiation', SSLv3, undefined],
    ['no_renegotiation', TLSv1, 100],
    ['decode_error', TLSv1, 50],
    ['certificate_required', tls12, 40],
    ['certificate_required', tls13, 116],
    ['missing_extension', tls12, 40],
    ['missing_extension', tls13, 109],
  ];
  for (const [name, version, code] of cases) assert.equal(alertCode(name, version), code, `${name} ${version}`);
});
