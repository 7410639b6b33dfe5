import { Problem } from '../names/problems.ts';
import { tlsVersionOf, Version } from '../names/versions.ts';
import { reportVersion } from './decisions/choices.ts';
import { tellFallback, tellVersionChoice } from './decisions/versions.ts';
import type { Established } from './flow/established.ts';
import type { Flow, Handshake } from './flow/flow.ts';
import { answer } from './flow/receive.ts';
import { type Hello, receiveClientHello } from './hello/client-hello.ts';
import { chooseVersion, datagramCeiling, enabledVersions } from './hello/version-choice.ts';
import { serve12 } from './tls12/server12.ts';
import { serve13 } from './tls13/server13.ts';

/**
 * Runs a whole handshake, from the ClientHello to both Finished messages. `again`: a stateless HelloRetryRequest was
 * sent.
 */
export function* serveHandshake(flow: Flow): Handshake<Established | 'again'> {
  const hello = yield* receiveClientHello(flow);
  yield* judge(flow, hello);
  const isRetry = flow.versionAgreed && flow.previous === undefined;
  const version = flow.previous ? keepVersion(flow, hello) : agreeOnVersion(flow, hello);
  if (isRetry && version !== Version['TLSv1.3']) throw new Problem('badLegacyVersion', where);
  flow.agreeOn(version);
  checkFallback(flow, hello, version);
  return version === Version['TLSv1.3'] ? yield* serve13(flow, hello) : yield* serve12(flow, hello);
}

const where = 'tls_early_post_process_client_hello';

/** @throws {Problem} with the alert of an application that refuses the client */
function* judge(flow: Flow, hello: Hello): Handshake<void> {
  const { settings, surroundings } = flow;
  if (settings.judgeHello === undefined) return;
  const alert = yield* answer(settings.judgeHello(Uint8Array.from(hello.bytes), surroundings.connection));
  if (alert === undefined) return;
  flow.assume(readableVersion(hello));
  throw new Problem('connectionRejected', where, { alert });
}

/** Checks that a renegotiation keeps the version. */
function keepVersion({ context }: Flow, { message }: Hello): number {
  const asked = context.datagrams ? datagramCeiling(message.legacyVersion) : message.legacyVersion;
  if (asked >= context.version) return context.version;
  throw new Problem('wrongSslVersion', where, { alert: 'protocol_version' });
}

function agreeOnVersion(flow: Flow, hello: Hello): number {
  tellVersionChoice(flow, hello);
  try {
    const version = chooseVersion(flow.settings, hello);
    reportVersion(flow, hello, version);
    return version;
  } catch (error) {
    reportVersion(flow, hello, undefined);
    if (error instanceof Problem) flow.assume(readableVersion(hello));
    throw error;
  }
}

/**
 * The version of an alert before one is agreed on, which the client can read. SSL 3.0 has no protocol_version, which it has to
 * be (RFC 8446 appendix D.5): there it is that of TLS 1.0.
 */
function readableVersion({ message }: Hello): number {
  return Math.max(tlsVersionOf(message.legacyVersion), Version.TLSv1);
}

/** Checks the fallback signal (RFC 7507): a client must not fall back below a version that the server supports. */
function checkFallback(flow: Flow, hello: Hello, version: number): void {
  if (hello.signalsFallback) tellFallback(flow);
  const couldDoBetter = hello.signalsFallback && (enabledVersions(flow.settings)[0] ?? 0) > version;
  flow.insist(!couldDoBetter, 'inappropriateFallback', where);
}
