import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EchKeyPair } from '../../x509/files/ech-keys.test.fixture.ts';
import { TlsError } from '../sockets/tls-error.ts';
import { echFrom } from './ech-keys.ts';

test('key pairs come as text, as bytes or with their use, alone or several', () => {
  const { pem } = new EchKeyPair();
  const uses = (echKeys: Parameters<typeof echFrom>[0]['echKeys']) =>
    echFrom({ echKeys })?.keys.map(({ forRetry }) => forRetry);
  assert.equal(echFrom({}), undefined);
  assert.equal(echFrom({ echKeys: [] }), undefined);
  assert.deepEqual(uses(pem), [true]);
  assert.deepEqual(uses(Buffer.from(pem)), [true]);
  assert.deepEqual(uses([pem, { pem, retry: false }, { pem: Buffer.from(pem) }]), [true, false, true]);
});

test('what is no key pair is refused with the reason', () => {
  assert.throws(
    () => echFrom({ echKeys: 'nothing' }),
    (error) =>
      error instanceof TlsError && error.code === 'ERR_SERVERHELLO_CREDENTIAL' && /echKeys: /.test(error.message),
  );
});
