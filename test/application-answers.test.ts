import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { certificateFiles } from './certificates.ts';
import { settingsOf } from './conversation.ts';
import { extension, HandMadeClient, type HandMadeHello, hello13, usual } from './hand-made-hello.ts';

/* What the application answers to the engine's questions, and what becomes of the client. */

let settings: Settings;

before(async () => {
  settings = await settingsOf('-www', ...certificateFiles({ after: () => {} }, 'P-256').words);
});

/** Hellos of TLS 1.2 and 1.3 that have these extensions too. */
function hellos(...extensions: ReturnType<typeof extension>[]): HandMadeHello[] {
  return [{ extensions: [usual.groups, usual.schemes, ...extensions] }, hello13({ extensions })];
}

/** How a client ends, once all that is answered later has been answered. */
async function end(more: Partial<Settings>, hello: HandMadeHello): Promise<string> {
  const client = new HandMadeClient({ ...settings, ...more }).hello(hello);
  while (client.server.engine.awaitsAnswer) await new Promise(setImmediate);
  return client.end;
}

test('an application protocol that the client has not offered is no choice', async () => {
  const refused = 'internal_error tls_handle_alpn:bad data returned by callback';
  for (const hello of hellos(extension(16, '0006 02 6832 02 6833'))) {
    for (const [choice, expected] of [
      ['h2', 'goes on'],
      ['h4', refused],
      ['', refused],
      [undefined, 'no_application_protocol tls_handle_alpn:no application protocol'],
    ] as const) {
      assert.equal(await end({ chooseAlpn: () => choice }, hello), expected);
      assert.equal(await end({ chooseAlpn: async () => choice }, hello), expected);
    }
  }
});
