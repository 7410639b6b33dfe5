import type { PrfKind } from '../../crypto/prf.ts';
import { extendedMasterSecret, masterSecret, verifyData } from '../../keys/schedule12.ts';
import { ssl3Finished } from '../../keys/ssl3.ts';
import type { Flow } from '../flow/flow.ts';
import { type Protections, protections12 } from '../flow/protections.ts';
import type { Exchanged } from '../key-exchange/key-exchange.ts';
import type { Negotiated12 } from './negotiate12.ts';

/** A connection whose master secret is known. */
export interface Connection12 {
  readonly agreed: Negotiated12;
  readonly master: Uint8Array;
  readonly serverRandom: Uint8Array;
  readonly protections: Protections;
}

/** RFC 5246 section 8.1, RFC 7627 section 4 */
export function deriveMaster(
  flow: Flow,
  agreed: Negotiated12,
  serverRandom: Uint8Array,
  { premaster }: Exchanged,
): Uint8Array {
  const { prf, clientRandom } = agreed;
  return agreed.chosen.extendedMasterSecret && prf !== 'ssl3'
    ? extendedMasterSecret(prf, premaster, transcriptHash(flow, prf))
    : masterSecret(prf, premaster, clientRandom, serverRandom);
}

export function protect(
  { surroundings: { random } }: Flow,
  agreed: Negotiated12,
  serverRandom: Uint8Array,
  master: Uint8Array,
): Connection12 {
  const { encryptThenMac } = agreed.chosen;
  const protections = protections12({ ...agreed, encryptThenMac, master, serverRandom, random });
  return { agreed, master, serverRandom, protections };
}

/** The content of a Finished (RFC 5246 section 7.4.9), over all messages so far. */
export function finishedOf(
  flow: Flow,
  { agreed: { prf }, master }: Connection12,
  side: 'client' | 'server',
): Uint8Array {
  if (prf !== 'ssl3') return verifyData(prf, master, side, transcriptHash(flow, prf));
  return ssl3Finished(master, side, (name, ...suffix) => flow.transcript.digestWith(name, ...suffix));
}

function transcriptHash({ transcript }: Flow, prf: PrfKind): Uint8Array {
  return prf === 'md5-sha1'
    ? Buffer.concat([transcript.digest('md5'), transcript.digest('sha1')])
    : transcript.digest(prf);
}
