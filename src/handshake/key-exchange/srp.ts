import { encode } from '../../bytes/wire.ts';
import { BadShare } from '../../crypto/groups.ts';
import { srpExchange, srpSecretLength } from '../../crypto/srp/srp-exchange.ts';
import { SrpClientKeyExchange } from '../../messages/client-key-exchange.ts';
import { ServerSrpParams } from '../../messages/server-key-exchange.ts';
import { Problem } from '../../names/problems.ts';
import type { KeyExchangeRun, KeyExchangeStart } from './key-exchange.ts';

const where = 'tls_process_cke_srp';

/** RFC 5054, with and without a certificate. */
export function srp({ srpLogin, surroundings }: KeyExchangeStart): KeyExchangeRun {
  if (srpLogin === undefined) throw new Error('an SRP suite without a login');
  const { group, salt, verifier, name } = srpLogin;
  const { share, derive } = srpExchange(group, verifier, surroundings.random(srpSecretLength));
  const params = { n: group.n, g: group.g, salt, b: share };
  return {
    params,
    signedBytes: encode(ServerSrpParams, params),
    read(flow, body) {
      const { a } = flow.decode(SrpClientKeyExchange, body, where, 'badSrpALength');
      try {
        return { premaster: derive(a), session: { srpUsername: name } };
      } catch (error) {
        if (error instanceof BadShare) throw new Problem('badSrpAParameters', where, { bytes: a });
        throw error;
      }
    },
  };
}
