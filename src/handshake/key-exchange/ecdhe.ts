import { encode } from '../../bytes/wire.ts';
import { PointForm } from '../../crypto/groups/point-fault.ts';
import { BadShare } from '../../crypto/groups.ts';
import { EcdheClientKeyExchange } from '../../messages/client-key-exchange.ts';
import { namedCurveType, ServerEcdhParams } from '../../messages/server-key-exchange.ts';
import type { Group } from '../../names/groups.ts';
import { Problem } from '../../names/problems.ts';
import type { Flow } from '../flow/flow.ts';
import type { KeyExchangeRun, KeyExchangeStart } from './key-exchange.ts';

/** The reference's function that reads the client's point. */
export const ecdheWhere = 'tls_process_cke_ecdhe';

/** Ephemeral elliptic-curve Diffie-Hellman, RFC 8422. */
export function ecdhe(start: KeyExchangeStart): KeyExchangeRun {
  const { params, group, derive } = ecdheShare(start);
  return {
    params,
    signedBytes: encode(ServerEcdhParams, params),
    group,
    read(flow, body) {
      checkPoint(flow, { group, body, at: 0 });
      const { point } = flow.decode(EcdheClientKeyExchange, body, ecdheWhere);
      return { premaster: derive(point) };
    },
  };
}

/** The server's half, which the PSK method reuses. */
export interface EcdheShare {
  readonly params: ServerEcdhParams;
  readonly group: Group;
  /** @throws {Problem} */
  derive(point: Uint8Array): Uint8Array;
}

/** @throws {Problem} without a shared group */
export function ecdheShare({ sharedGroups, surroundings }: KeyExchangeStart): EcdheShare {
  const [group] = sharedGroups;
  const pair = group && surroundings.keyAgreement(group.code)?.keyPair();
  if (group === undefined || pair === undefined)
    throw new Problem('unsupportedEllipticCurve', 'tls_construct_server_key_exchange');
  return {
    params: { curveType: namedCurveType, namedCurve: group.code, point: pair.share },
    group,
    derive(point) {
      try {
        return pair.derive(point);
      } catch (error) {
        if (!(error instanceof BadShare)) throw error;
        const where = error.fault === 'secret' ? 'ssl_derive' : ecdheWhere;
        throw new Problem('badKeyShare', where, { before: error.lines, bytes: point });
      }
    },
  };
}

/**
 * Without a point the client means the one of a certificate that it has not shown (RFC 8422 section 5.7). Compressed points
 * are deprecated (section 5.1.2).
 * @throws {Problem}
 */
export function checkPoint({ settings }: Flow, { group, body, at }: PlacedPoint): void {
  if (body.length === at) throw new Problem('missingTmpEcdhKey', ecdheWhere);
  const form = formless.has(group.code) ? undefined : body[at + 1];
  const isCompressed = form === PointForm.compressedEven || form === PointForm.compressedOdd;
  if (settings.strict && isCompressed) throw new Problem('badEcpoint', ecdheWhere, { bytes: body.subarray(at) });
}

/** PlacedPoint is a client's point in the body of its message. */
interface PlacedPoint {
  readonly group: Group;
  readonly body: Uint8Array;
  /** Where the length of the point stands. */
  readonly at: number;
}

/** X25519 and X448, whose keys begin with any byte (RFC 7748 section 5). */
const formless: ReadonlySet<number> = new Set([0x001d, 0x001e]);
