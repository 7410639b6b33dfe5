import { preSharedKey } from '../../messages/extensions/pre-shared-key.ts';
import { helloRetryRequestRandom, ServerHello } from '../../messages/server-hello.ts';
import type { Group } from '../../names/groups.ts';
import { State } from '../../names/states.ts';
import { Version } from '../../names/versions.ts';
import type { Credential } from '../../x509/files/credential.ts';
import { tellKeyExchange, tellKeyShares } from '../decisions/groups.ts';
import { tellPause } from '../decisions/versions.ts';
import { answersIn } from '../extensions/index.ts';
import { EarlyData } from '../flow/early-data-fate.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { serverInfoIn } from '../flow/server-info.ts';
import { type Hello, receiveClientHello } from '../hello/client-hello.ts';
import { confirmRetry } from '../hello/ech-confirmation.ts';
import { chooseVersion } from '../hello/version-choice.ts';
import { chooseKeyExchange, requestedShare } from './key-share-choice.ts';
import { chooseCertificate, type Draft13, draft13 } from './negotiate13.ts';
import { choosePsk, suiteHash } from './resume13.ts';
import { checkUnchanged, unchangingPart } from './second-hello.ts';
import { agreeStateless, type KeyAgreement, refuseEarlyData, serverHello13 } from './stateless-retry.ts';

/**
 * Agrees on a PSK, and a group that both sides have a share for, with a HelloRetryRequest if necessary (RFC 8446
 * section 4.1.4).
 * @throws {Problem} without either
 */
export function* agreeOnKeys(flow: Flow, first: Hello): Handshake<KeyAgreement | 'again'> {
  const draft = yield* draft13(flow, first);
  if (flow.settings.cookieKeys !== undefined) return yield* agreeStateless(flow, draft, flow.settings.cookieKeys);
  const hash = suiteHash(draft.cipherSuite);
  flow.transcript.use(hash);
  const psk = yield* choosePsk(flow, draft, hash);
  if (psk?.keyExchange !== 'none') tellKeyExchange(flow, draft.offers);
  const choice = chooseKeyExchange(flow, draft.offers, psk);
  if (choice === undefined || !('retry' in choice)) return { draft, share: choice, psk, retried: false };
  // A client that we cannot sign for is refused before a share is requested.
  const signature = psk === undefined ? yield* chooseCertificate(flow, draft.offer) : undefined;
  sendRetryRequest(flow, draft, choice.retry, signature?.credential);
  skipEarlyData(flow, draft);
  return yield* agreeAgain(flow, draft, choice.retry);
}

function sendRetryRequest(flow: Flow, draft: Draft13, group: Group, credential: Credential | undefined): void {
  const hash = suiteHash(draft.cipherSuite);
  const firstHello = flow.transcript.digest(hash);
  flow.transcript.replaceByHash(hash);
  const audience = { hello: draft.hello, version: Version['TLSv1.3'], credential };
  const info = serverInfoIn('helloRetryRequest', flow.settings.serverInfo, audience);
  const request = answersIn('helloRetryRequest', { group: group.code, cookie: undefined }, info);
  const retry = serverHello13(draft, helloRetryRequestRandom, request);
  flow.send(ServerHello, confirmRetry(flow, draft.hello, retry, { hash, firstHello }));
  if (flow.settings.middleboxCompatibility) flow.sendChangeCipherSpec();
  flow.carrier.flush();
}

/** Early data of the first hello can no longer be decrypted. */
function skipEarlyData(flow: Flow, { offers }: Draft13): void {
  flow.enter(State.earlyData);
  const offered = offers.earlyData !== undefined;
  if (offered) flow.earlyData = new EarlyData('unwanted', flow.settings);
  flow.tell.note?.('earlyDataOver', { fate: offered ? 'rejected' : 'notOffered' });
  tellPause(flow);
}

/** Receives the second ClientHello, which must lead to the same version and suite. @throws {Problem} */
function* agreeAgain(flow: Flow, first: Draft13, group: Group): Handshake<KeyAgreement> {
  const second = yield* receiveClientHello(flow);
  flow.earlyData = undefined;
  flow.insist(chooseVersion(flow.settings, second) === Version['TLSv1.3'], 'badLegacyVersion', where);
  const redraft = yield* draft13(flow, second);
  const { cipherSuite } = first;
  flow.insist(redraft.cipherSuite === cipherSuite, 'badCipher', where);
  checkUnchanged(flow, unchangingPart(first.hello, 'replaced'), unchangingPart(second, 'replaced'));
  flow.insist(!addsPsk(first.hello, second), 'changedHello', where);
  refuseEarlyData(redraft);
  const serverNameAccepted = first.serverNameAccepted || redraft.serverNameAccepted;
  const psk = yield* choosePsk(flow, { ...redraft, serverNameAccepted }, suiteHash(cipherSuite));
  if (psk?.keyExchange !== 'none') tellKeyShares(flow, sharesOf(redraft));
  return {
    draft: { ...redraft, cipherSuite, serverNameAccepted },
    share: psk?.keyExchange === 'none' ? undefined : requestedShare(redraft.offers, group),
    psk,
    retried: true,
  };
}

/** Keys may be left out of the list, and their binders are new (RFC 9846 section 4.2.2); a list is not added. */
function addsPsk(first: Hello, second: Hello): boolean {
  return second.extensions.has(preSharedKey.code) && !first.extensions.has(preSharedKey.code);
}

function sharesOf({ offers }: Draft13): readonly number[] {
  return (offers.keyShare ?? []).map(({ group }) => group);
}

const where = 'tls_early_post_process_client_hello';
