import { Problem } from '../names/problems.ts';
import { Version } from '../names/versions.ts';
import type { Credential } from '../x509/credential.ts';
import type { Offers } from './extensions/index.ts';
import { sendsRawPublicKey } from './extensions/server-certificate-type.ts';
import type { Flow, Handshake } from './flow.ts';
import { answer } from './receive.ts';
import type { Responses, StatusQuestion, StatusStep } from './status-lookup.ts';

/**
 * Asks for the OCSP responses that go out with a certificate, in the order of its chain. Empty: the client does not want
 * any, or there are none.
 * @throws {Problem}
 */
export function* staplesFor(flow: Flow, offers: Offers, credential: Credential | undefined): Handshake<Responses> {
  const { settings, context, surroundings } = flow;
  const { statusRequest } = offers;
  if (settings.ocsp === undefined || statusRequest === undefined || credential === undefined) return [];
  if (sendsRawPublicKey(settings, offers)) return [];
  const room = context.version === Version['TLSv1.3'] ? 'chain' : 'leaf';
  const { requestExtensions } = statusRequest;
  const { connection } = surroundings;
  // The client owes us a Finished: one that sends nothing more will not have it.
  const left = surroundings.departure?.signal('ended');
  const tell = (step: StatusStep) => flow.tell.note?.('certificateStatus', step);
  const lookUp = settings.ocsp({ chain: credential.chain, requestExtensions, room, connection, left, tell });
  const found = yield* answer(lookUp);
  if (found === 'fatal') throw new Problem('clienthelloTlsext', 'tls_handle_status_request');
  const staples = (room === 'chain' ? found : found.slice(0, 1)).map((it) => (fits(it, room) ? it : undefined));
  return staples.some((it) => it !== undefined) ? staples : [];
}

/** A responder may say more than a message can hold: that costs the response, and not the handshake. */
function fits(response: Uint8Array | undefined, room: StatusQuestion['room']): boolean {
  return response !== undefined && response.length > 0 && response.length <= longest[room];
}

/** In bytes: what an extension holds besides its own fields, and a message up to TLS 1.2. */
const longest = { chain: 0xffff - 8, leaf: 0xffffff - 4 };
