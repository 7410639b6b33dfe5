import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import type { Credential } from '../../x509/files/credential.ts';
import { checkServerInfo, InfoContext, type InfoPlace, plainInfoContext, serverInfoIn } from './server-info.ts';

const { clientHello, serverHello12, encryptedExtensions, certificate, upToTls12, fromTls13 } = InfoContext;
const empty = new Uint8Array(0);

function info(context: number) {
  return { keyType: 'RSA', extensions: [{ type: 1000, context, body: Buffer.from('x') }] } as const;
}

function sent(
  place: InfoPlace,
  context: number,
  { version = Version['TLSv1.3'] as number, asked = 1000, keyType = 'RSA' } = {},
) {
  const audience = { hello: { extensions: new Map([[asked, empty]]) }, version, credential: { keyType } as Credential };
  return serverInfoIn(place, info(context), audience).length === 1;
}

test('an extension goes out in the messages of its context, to clients that have asked', () => {
  assert.equal(sent('encryptedExtensions', clientHello | encryptedExtensions), true);
  assert.equal(sent('certificate', clientHello | certificate), true);
  assert.equal(sent('certificate', clientHello | encryptedExtensions), false);
  assert.equal(sent('encryptedExtensions', clientHello | encryptedExtensions, { asked: 1001 }), false);
});

test('what is no answer also goes to clients that have not asked', () => {
  const { newSessionTicket, certificateRequest } = InfoContext;
  for (const place of ['newSessionTicket', 'certificateRequest'] as const) {
    assert.equal(sent(place, InfoContext[place], { asked: 1001 }), true);
    assert.equal(sent(place, clientHello | encryptedExtensions, { asked: 1000 }), false);
    assert.equal(sent(place, InfoContext[place], { keyType: 'EC' }), false);
    assert.equal(sent(place, newSessionTicket | certificateRequest | upToTls12), false);
  }
});

test('it goes only with the certificate that it is about', () => {
  assert.equal(sent('encryptedExtensions', clientHello | encryptedExtensions, { keyType: 'EC' }), false);
  const audience = {
    hello: { extensions: new Map([[1000, empty]]) },
    version: Version['TLSv1.2'],
    credential: undefined,
  };
  assert.deepEqual(serverInfoIn('serverHello12', info(plainInfoContext), audience), []);
});

test('the context says for which versions it is', () => {
  const old = { version: Version['TLSv1.2'] };
  assert.equal(sent('serverHello12', plainInfoContext, old), true);
  assert.equal(sent('serverHello12', clientHello | serverHello12 | fromTls13, old), false);
  assert.equal(sent('serverHello12', clientHello | serverHello12, { version: Version.SSLv3 }), false);
  assert.equal(sent('encryptedExtensions', clientHello | encryptedExtensions | upToTls12), false);
});

test('a client may not send it where its context does not say so, nor with a content', () => {
  const check = (context: number, body: Uint8Array, version: number = Version['TLSv1.2']) =>
    checkServerInfo(info(context), new Map([[1000, body]]), version);
  assert.throws(() => check(serverHello12, empty), { alert: 'illegal_parameter' });
  assert.throws(() => check(plainInfoContext, Buffer.from('y')), Problem);
  check(plainInfoContext, empty);
  // Unused extensions are not checked.
  check(plainInfoContext, Buffer.from('y'), Version['TLSv1.3']);
});
