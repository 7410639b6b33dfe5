import { hash as hashOf } from '../../crypto/primitives/hash.ts';
import type { Extension } from '../../messages/extensions/extension.ts';
import { encodeMessage, type MessageOf } from '../../messages/message.ts';
import { helloRetryRequestRandom, ServerHello } from '../../messages/server-hello.ts';
import { group as groupOf } from '../../names/groups.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import { greet } from '../carriers/greet.ts';
import { tellKeyExchange } from '../decisions/groups.ts';
import { tellSharedSchemes } from '../decisions/schemes.ts';
import { answersIn } from '../extensions/index.ts';
import { isConfirmed } from '../flow/ech-outcome.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import type { CookieContents, CookieKeys } from '../flow/stateless-cookie.ts';
import type { Hello } from '../hello/client-hello.ts';
import { confirmRetry } from '../hello/ech-confirmation.ts';
import { type ClientShare, chooseKeyExchange, requestedShare } from './key-share-choice.ts';
import type { Draft13 } from './negotiate13.ts';
import { type ChosenPsk, choosePsk, suiteHash } from './resume13.ts';
import { checkUnchanged, unchangingPart } from './second-hello.ts';

/** The agreed sources of a connection's keys. */
export interface KeyAgreement {
  readonly draft: Draft13;
  /** Undefined when the PSK is used alone. */
  readonly share: ClientShare | undefined;
  readonly psk: ChosenPsk | undefined;
  readonly retried: boolean;
}

const where = 'tls_parse_ctos_cookie';

/** `-stateless`: a hello without a cookie is answered and forgotten; a cookie contains the earlier agreement. */
export function* agreeStateless(flow: Flow, draft: Draft13, keys: CookieKeys): Handshake<KeyAgreement | 'again'> {
  flow.earlyData = undefined;
  const now = flow.surroundings.now();
  const peer = flow.surroundings.peer ?? '';
  const greeted = greet({ cookie: draft.offers.cookie, peer, keys: keys.at(now), now }, () => contentsFor(flow, draft));
  switch (greeted.what) {
    case 'drop':
      throw new Problem('cookieMismatch', where);
    case 'reply':
      sendRetry(flow, draft, greeted.contents, greeted.cookie);
      return 'again';
    case 'start':
      return yield* goOn(flow, draft, greeted.contents);
  }
}

/**
 * Refuses early data, which may not be offered after a HelloRetryRequest (RFC 8446 section 4.2.10).
 * @throws {Problem}
 */
export function refuseEarlyData({ offers }: Draft13): void {
  if (offers.earlyData === undefined) return;
  throw new Problem('badExtension', 'tls_parse_ctos_early_data', { alert: 'illegal_parameter' });
}

/** A ServerHello, or with its special random value a HelloRetryRequest. */
export function serverHello13(
  { hello, cipherSuite }: Draft13,
  random: Uint8Array,
  extensions: readonly Extension[],
): MessageOf<typeof ServerHello> {
  return {
    legacyVersion: Version['TLSv1.2'],
    random,
    sessionId: hello.message.sessionId,
    cipherSuite: cipherSuite.code,
    compressionMethod: 0,
    extensions,
  };
}

function contentsFor(flow: Flow, { cipherSuite, offers, hello }: Draft13): CookieContents {
  const hash = suiteHash(cipherSuite);
  flow.transcript.use(hash);
  // A PSK is checked only in the second hello.
  tellKeyExchange(flow, offers);
  tellSharedSchemes(flow, offers.signatureAlgorithms ?? [], Version['TLSv1.3']);
  const choice = chooseKeyExchange(flow, offers, undefined);
  const group = choice !== undefined && 'retry' in choice ? choice.retry.code : 0;
  return {
    cipherSuite: cipherSuite.code,
    group,
    firstHello: flow.transcript.digest(hash),
    unchanging: unchangingHash(hello, group),
  };
}

/** All that is kept of the first hello to compare the second with. `group`: the one that a share was asked for, or 0. */
function unchangingHash(hello: Hello, group: number): Uint8Array {
  return hashOf('sha256', unchangingPart(hello, group === 0 ? 'kept' : 'replaced'));
}

function sendRetry(flow: Flow, draft: Draft13, contents: CookieContents, cookie: Uint8Array): void {
  flow.send(ServerHello, retryRequest(flow, draft, contents, cookie));
  if (flow.settings.middleboxCompatibility) flow.sendChangeCipherSpec();
  flow.carrier.flush();
  flow.tell.note?.('statelessRetry', {});
}

/** Deterministic, so that it can be computed again: a rejected encrypted hello gets no random bytes. */
function retryRequest(flow: Flow, draft: Draft13, { group, firstHello }: CookieContents, cookie: Uint8Array) {
  const extensions = answersIn('helloRetryRequest', { group: group === 0 ? undefined : group, cookie });
  const retry = serverHello13(draft, helloRetryRequestRandom, extensions);
  if (!isConfirmed(draft.hello.ech)) return retry;
  return confirmRetry(flow, draft.hello, retry, { hash: suiteHash(draft.cipherSuite), firstHello });
}

/**
 * Continues after the cookie. The HelloRetryRequest, which the transcript needs, is computed again from cookie and
 * hello.
 */
function* goOn(flow: Flow, draft: Draft13, contents: CookieContents): Handshake<KeyAgreement> {
  const { offers, cipherSuite } = draft;
  if (contents.cipherSuite !== cipherSuite.code) throw new Problem('badCipher', where);
  refuseEarlyData(draft);
  checkUnchanged(flow, contents.unchanging, unchangingHash(draft.hello, contents.group));
  const hash = suiteHash(cipherSuite);
  const retry = retryRequest(flow, draft, contents, offers.cookie ?? new Uint8Array(0));
  flow.transcript.insertRetry(hash, contents.firstHello, encodeMessage(ServerHello, retry, flow.context));
  const psk = yield* choosePsk(flow, draft, hash);
  if (psk?.keyExchange !== 'none') tellKeyExchange(flow, offers);
  return { draft, psk, share: psk?.keyExchange === 'none' ? undefined : shareOf(flow, draft, contents), retried: true };
}

function shareOf(flow: Flow, { offers }: Draft13, contents: CookieContents): ClientShare {
  const asked = groupOf(contents.group);
  if (asked !== undefined) return requestedShare(offers, asked);
  const choice = chooseKeyExchange(flow, offers, undefined);
  if (choice === undefined || 'retry' in choice) throw new Problem('badKeyShare', 'tls_parse_ctos_key_share');
  return choice;
}
