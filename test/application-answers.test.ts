import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { certificateFiles } from './certificates.ts';
import { settingsOf } from './conversation.ts';
import { extension, HandMadeClient, type HandMadeHello, hello13, helloBody, usual } from './hand-made-hello.ts';

/* What the application answers to the engine's questions, and what becomes of the client. */

const { words } = certificateFiles({ after }, 'P-256');
const { words: wordsOfOther } = certificateFiles({ after }, 'Ed25519');
let settings: Settings;
let others: Settings['credentials'];

before(async () => {
  settings = await settingsOf('-www', ...words);
  others = (await settingsOf(...wordsOfOther)).credentials;
});

/** Hellos of TLS 1.2 and 1.3 that have these extensions too. */
function hellos(...extensions: ReturnType<typeof extension>[]): HandMadeHello[] {
  return [{ extensions: [usual.groups, usual.schemes, ...extensions] }, hello13({ extensions })];
}

/** A client whose hello has been answered, and all questions about it. */
async function served(more: Partial<Settings>, hello: HandMadeHello): Promise<HandMadeClient> {
  const client = new HandMadeClient({ ...settings, ...more }).hello(hello);
  while (client.server.engine.awaitsAnswer) await new Promise(setImmediate);
  return client;
}

async function end(more: Partial<Settings>, hello: HandMadeHello): Promise<string> {
  return (await served(more, hello)).end;
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

test('an application that sees the hello first may refuse the client, in a version that the client can read', async () => {
  const old: HandMadeHello = { legacyVersion: 0x0301, extensions: [] };
  for (const hello of [...hellos(), old, { ...old, compressionMethods: [] }]) {
    const shown: string[] = [];
    const judges = [
      (message: Uint8Array) => {
        shown.push(Buffer.from(message.subarray(4)).toString('hex'));
        return 'access_denied' as const;
      },
      async () => 'access_denied' as const,
    ];
    for (const judgeHello of judges) {
      const client = await served({ judgeHello }, hello);
      assert.equal(client.end, 'access_denied tls_early_post_process_client_hello:callback failed');
      assert.deepEqual(client.said, ['21']);
      assert.equal(client.server.sentBytes[2], (hello.legacyVersion ?? 0x0303) & 0xff);
    }
    assert.deepEqual(shown, [Buffer.from(helloBody(hello)).toString('hex')]);
  }
});

test('a client that the application does not refuse goes on, and is shown to it once', async () => {
  for (const hello of hellos()) {
    const connection = {};
    const shown: (object | undefined)[] = [];
    const judgeHello = (_message: Uint8Array, it: object | undefined) => {
      shown.push(it);
      return undefined;
    };
    const client = new HandMadeClient({ ...settings, judgeHello }, { connection }).hello(hello);
    assert.equal(client.end, 'goes on');
    assert.deepEqual(shown, [connection]);
  }
  const retried = hello13({ extensions: [extension(51, '0000')] }, [usual.share]);
  let times = 0;
  const judgeHello = () => {
    times++;
    return undefined;
  };
  const client = new HandMadeClient({ ...settings, judgeHello }).hello(retried);
  assert.deepEqual(client.said, ['22:2', '20']);
  client.hello(hello13({ extensions: [usual.share] }, [usual.share]));
  assert.equal(client.end, 'goes on');
  assert.equal(times, 1);
});

test('the certificates of one client are looked up, and may be refused', async () => {
  const refused = 'internal_error tls_post_process_client_hello:cert cb error';
  const withoutSuite = 'handshake_failure tls_post_process_client_hello:no shared cipher';
  const [of12, of13] = hellos();
  assert.ok(of12 && of13);
  for (const [hello, without] of [
    [of12, withoutSuite],
    [of13, 'handshake_failure tls_choose_sigalg:no suitable signature algorithm'],
  ] as const) {
    for (const later of [false, true]) {
      const saying = (answer: Settings['credentials'] | 'fatal' | undefined): Partial<Settings> => ({
        credentialsFor: () => (later ? Promise.resolve(answer) : answer),
      });
      assert.equal(await end(saying('fatal'), hello), refused);
      assert.equal(await end(saying([]), hello), without);
      assert.equal(await end(saying(undefined), hello), 'goes on');
      assert.equal(await end({ ...saying(settings.credentials), credentials: [] }, hello), 'goes on');
      // The client has no scheme for this key.
      assert.equal(await end(saying(others), hello), without);
    }
  }
});

test('whoever looks certificates up knows the name and the hello', async () => {
  for (const [name, extensions] of [
    ['a.example', [extension(0, '000c 00 0009 612e6578616d706c65')]],
    [undefined, []],
  ] as const) {
    for (const hello of hellos(...extensions)) {
      const asked: unknown[] = [];
      const credentialsFor: Settings['credentialsFor'] = (...facts) => {
        asked.push(facts);
        return undefined;
      };
      const connection = {};
      const client = new HandMadeClient({ ...settings, credentialsFor }, { connection }).hello(hello);
      assert.equal(client.end, 'goes on');
      const body = helloBody(hello);
      assert.deepEqual(asked, [[name, connection, Uint8Array.of(1, 0, 0, body.length, ...body)]]);
    }
  }
});

test('what the application throws is an internal error, whose stack is kept', async () => {
  const fails = () => {
    throw new Error('out of order');
  };
  for (const hello of hellos()) {
    for (const question of ['judgeHello', 'credentialsFor'] as const) {
      for (const answer of [fails, async () => fails()]) {
        const client = await served({ [question]: answer }, hello);
        assert.deepEqual(client.alerts, ['internal_error']);
        const [ending] = client.server.endings;
        assert.equal(ending?.how === 'crashed' && ending.error.message, 'out of order');
      }
    }
  }
});
