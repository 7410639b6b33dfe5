import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../names/problems.ts';
import type { Established } from '../flow/established.ts';
import type { Flow } from '../flow/flow.ts';
import type { SessionInfo } from '../flow/session-info.ts';
import type { Settings } from '../flow/settings.ts';
import { bothFinished, checkRenegotiationInfo, mayRenegotiate, maySendHelloRequest } from './renegotiation.ts';

const finished = { client: Buffer.from('client'), server: Buffer.from('server') };

function established(secureRenegotiation: boolean, traffic?: object): Established {
  const info: Partial<SessionInfo> = { secureRenegotiation, finished };
  return { info, traffic } as Established;
}

test('a client renegotiates when it was asked to or may begin itself, and both sides are sure of each other', () => {
  const cases = [
    { renegotiation: 'never', legacy: true, secure: true, asked: true, may: false },
    { renegotiation: 'byServer', legacy: false, secure: true, asked: false, may: false },
    { renegotiation: 'byServer', legacy: false, secure: true, asked: true, may: true },
    { renegotiation: 'byServer', legacy: false, secure: false, asked: true, may: false },
    { renegotiation: 'byServer', legacy: true, secure: false, asked: true, may: true },
    { renegotiation: 'byEither', legacy: false, secure: true, asked: false, may: true },
    { renegotiation: 'byEither', legacy: false, secure: false, asked: false, may: false },
  ] as const;
  for (const { renegotiation, legacy, secure, asked, may } of cases) {
    const settings = { renegotiation, legacyRenegotiation: legacy } as Settings;
    assert.equal(mayRenegotiate(settings, established(secure), asked), may, `${renegotiation} ${legacy} ${secure}`);
  }
});

test('a HelloRequest is refused before the handshake, in TLS 1.3, and where renegotiation is off', () => {
  const on = { renegotiation: 'byServer' } as Settings;
  const refusals = [
    [on, undefined, 'stillInInit'],
    [on, established(true, {}), 'wrongSslVersion'],
    [{ renegotiation: 'never' } as Settings, established(true), 'noRenegotiation'],
  ] as const;
  for (const [settings, state, problem] of refusals)
    assert.equal(
      problemOf(() => maySendHelloRequest(settings, state)),
      problem,
    );
  assert.equal(
    problemOf(() => maySendHelloRequest(on, established(true))),
    undefined,
  );
});

test('a renegotiation repeats the Finished of the handshake before, a first handshake says nothing', () => {
  const first = { settings: { legacyRenegotiation: false } } as Flow;
  const second = { ...first, previous: established(true) } as Flow;
  const legacy = { ...second, settings: { legacyRenegotiation: true } } as Flow;
  const nothing = new Uint8Array(0);
  const cases = [
    { flow: first, offered: undefined, signalled: true, problem: undefined },
    { flow: first, offered: nothing, signalled: false, problem: undefined },
    { flow: first, offered: finished.client, signalled: false, problem: 'renegotiationMismatch' },
    { flow: second, offered: finished.client, signalled: false, problem: undefined },
    { flow: second, offered: finished.server, signalled: false, problem: 'renegotiationMismatch' },
    { flow: second, offered: finished.client, signalled: true, problem: 'scsvReceivedWhenRenegotiating' },
    { flow: second, offered: undefined, signalled: false, problem: 'unsafeLegacyRenegotiationDisabled' },
    { flow: legacy, offered: undefined, signalled: false, problem: undefined },
  ];
  for (const { flow, offered, signalled, problem } of cases)
    assert.equal(
      problemOf(() => checkRenegotiationInfo(flow, offered, signalled)),
      problem,
    );
});

test("the server's answer holds both Finished, the client's first", () => {
  assert.equal(String(bothFinished(established(true).info)), 'clientserver');
  assert.equal(bothFinished(undefined).length, 0);
});

function problemOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Problem ? error.problem : String(error);
  }
}
