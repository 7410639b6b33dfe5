import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CertificateRequests } from './client-certificate-requests.ts';
import type { ClientAuthentication } from './settings.ts';

function requestsOf(mode: 'optional' | 'required'): CertificateRequests {
  return new CertificateRequests({ mode } as ClientAuthentication);
}

test('without client authentication nothing is requested until it is wanted', () => {
  const requests = new CertificateRequests(undefined);
  assert.equal(requests.due, false);
  requests.want('unlessAsked');
  assert.equal(requests.due, true);
});

test('a connection requests the certificate once', () => {
  const requests = requestsOf('required');
  assert.equal(requests.due, true);
  requests.count();
  assert.equal(requests.due, false);
  requests.want('unlessAsked');
  assert.equal(requests.due, false);
});

test('a request that is wanted again is made again, and does not require a certificate', () => {
  const requests = requestsOf('required');
  requests.count();
  requests.want('again');
  assert.equal(requests.due, true);
  assert.equal(requests.mode, 'optional');
  requests.count();
  assert.equal(requests.due, true);
});
