import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TlsOptions } from 'node:tls';
import { createServer } from '../create-server.ts';
import { checkServerOptions } from '../option-names.ts';
import type { ServerOptions } from '../server-options.ts';
import { nodeOptions, refusalOf } from './node-options.ts';

type Table = typeof nodeOptions;
type Done = { [K in keyof Table]: Table[K] extends 'done' ? K : never }[keyof Table];
type Missing = Exclude<Done, keyof ServerOptions>;
type Unlisted = Exclude<keyof TlsOptions, keyof Table>;
/** Every option that is `done`, without the callback that gets a socket of Node. */
type Taken = Pick<TlsOptions, Exclude<Done, 'pskCallback'>>;

test('every option of tls.createServer stands in the table, and each that is done is an option here', () => {
  // Checked by the compiler: a member that is missing makes these types something else than never.
  const missing: readonly Missing[] = [];
  const unlisted: readonly Unlisted[] = [];
  assert.deepEqual([...missing, ...unlisted], []);
  for (const [name, entry] of Object.entries(nodeOptions)) {
    const check = () => checkServerOptions({ [name]: true });
    if (entry === 'done') assert.doesNotThrow(check);
    else
      assert.throws(check, { code: 'ERR_SERVERHELLO_NOT_AVAILABLE', message: `${name} is refused: ${entry.refused}` });
  }
});

test('what is refused and switched off is no fault, and what is done has no refusal', () => {
  checkServerOptions({ enableTrace: false, privateKeyEngine: undefined, secureContext: null });
  assert.equal(refusalOf('key'), undefined);
  assert.equal(refusalOf('toString'), undefined);
});

test('options that were written for Node are taken as they are', () => {
  const taken: Taken = {};
  const ours: ServerOptions = taken;
  const given: TlsOptions = { ...taken, handshakeTimeout: 1000, pskCallback: () => null };
  assert.equal(createServer(given).listening, false);
  assert.equal(createServer(ours).listening, false);
});
