import { encode } from '../../bytes/wire.ts';
import { BadShare, keyAgreement } from '../../crypto/groups.ts';
import { EcdheClientKeyExchange } from '../../messages/client-key-exchange.ts';
import { namedCurveType, ServerEcdhParams } from '../../messages/server-key-exchange.ts';
import { Problem } from '../../names/problems.ts';
import type { KeyExchangeRun, KeyExchangeStart } from './key-exchange.ts';

const where = 'tls_process_cke_ecdhe';

/** Ephemeral elliptic-curve Diffie-Hellman, RFC 8422. */
export function ecdhe({ sharedGroups }: KeyExchangeStart): KeyExchangeRun {
  const [group] = sharedGroups;
  const pair = group && keyAgreement(group.code)?.keyPair();
  if (group === undefined || pair === undefined)
    throw new Problem('noSharedCipher', 'tls_construct_server_key_exchange');
  const params = { curveType: namedCurveType, namedCurve: group.code, point: pair.share };
  return {
    params,
    signedBytes: encode(ServerEcdhParams, params),
    group,
    premaster(flow, body) {
      const { point } = flow.decode(EcdheClientKeyExchange, body, where);
      try {
        return pair.derive(point);
      } catch (error) {
        if (error instanceof BadShare) throw new Problem('ecLib', where, { bytes: point });
        throw error;
      }
    },
  };
}
