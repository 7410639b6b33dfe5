import { textUpToNul } from '../../bytes/hex.ts';
import {
  DhePskClientKeyExchange,
  EcdhePskClientKeyExchange,
  PskClientKeyExchange,
  RsaPskClientKeyExchange,
} from '../../messages/client-key-exchange.ts';
import { Problem } from '../../names/problems.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import type { Settings } from '../flow/settings.ts';
import { maxPskIdentity, preSharedKeyFor } from '../resumption/psk-key.ts';
import { type DhSettings, dheReads, dheShare } from './dhe.ts';
import { checkPoint, ecdheShare, ecdheWhere } from './ecdhe.ts';
import type { Exchanged, KeyExchangeRun, KeyExchangeStart } from './key-exchange.ts';
import { rsaDecryption } from './rsa.ts';

/*
 * The premaster secret of every method is another secret and the key, each with its length (RFC 4279 sections 2 to 4,
 * RFC 5489 section 2). The two methods without parameters send a ServerKeyExchange only with a hint.
 */

type HintSettings = Pick<Settings, 'pskHint'>;

const where = 'tls_process_cke_psk_preamble';

/** RFC 4279 section 2: the other secret is zeros of the key's length. */
export function psk({ pskHint }: HintSettings): KeyExchangeRun {
  return {
    ...(pskHint && { identityHint: pskHint }),
    read(flow, body) {
      const { identity } = flow.decode(PskClientKeyExchange, body, where);
      return exchanged(flow, identity, (key) => new Uint8Array(key.length));
    },
  };
}

/** RFC 4279 section 3 */
export function dhePsk(start: KeyExchangeStart, settings: HintSettings & DhSettings): KeyExchangeRun {
  const { params, derive } = dheShare(start, settings);
  return {
    identityHint: settings.pskHint ?? noHint,
    params,
    read(flow, body) {
      const { identity, publicValue } = flow.decode(DhePskClientKeyExchange, body, dheReads.where, dheReads.malformed);
      return exchanged(flow, identity, () => derive(publicValue));
    },
  };
}

/** RFC 5489 */
export function ecdhePsk(start: KeyExchangeStart, { pskHint }: HintSettings): KeyExchangeRun {
  const { params, group, derive } = ecdheShare(start);
  return {
    identityHint: pskHint ?? noHint,
    params,
    group,
    read(flow, body) {
      const [high = 0, low = 0] = body;
      checkPoint(flow, { group, body, at: 2 + high * 0x100 + low });
      const { identity, point } = flow.decode(EcdhePskClientKeyExchange, body, ecdheWhere);
      return exchanged(flow, identity, () => derive(point));
    },
  };
}

/** RFC 4279 section 4. An invalid ciphertext looks to the client like a wrong key. */
export function rsaPsk(start: KeyExchangeStart, { pskHint }: HintSettings): KeyExchangeRun {
  const decrypt = rsaDecryption(start);
  return {
    ...(pskHint && { identityHint: pskHint }),
    read(flow, body) {
      const { identity, encryptedPreMasterSecret } = flow.decode(RsaPskClientKeyExchange, body, 'tls_process_cke_rsa');
      return exchanged(flow, identity, () => decrypt(flow, encryptedPreMasterSecret));
    },
  };
}

const noHint = new Uint8Array(0);

function* exchanged(
  flow: Flow,
  identity: Uint8Array,
  otherSecret: (key: Uint8Array) => Uint8Array,
): Handshake<Exchanged> {
  if (identity.length > maxPskIdentity) throw new Problem('dataLengthTooLong', where, { alert: 'decode_error' });
  const key = yield* preSharedKeyFor(flow, identity);
  if (key === undefined) throw new Problem('pskIdentityNotFound', where, { bytes: identity });
  const other = otherSecret(key);
  return {
    premaster: Buffer.concat([lengthOf(other), other, lengthOf(key), key]),
    session: { pskIdentity: textUpToNul(identity) },
  };
}

function lengthOf({ length }: Uint8Array): Uint8Array {
  return Uint8Array.of(length >>> 8, length);
}
