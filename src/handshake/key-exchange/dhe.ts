import { encode } from '../../bytes/wire.ts';
import { automaticDhParameters, dhKeyPair } from '../../crypto/dh.ts';
import { BadShare } from '../../crypto/groups.ts';
import { DheClientKeyExchange } from '../../messages/client-key-exchange.ts';
import { ServerDhParams } from '../../messages/server-key-exchange.ts';
import { Problem } from '../../names/problems.ts';
import { minimumBits } from '../policy/security-level.ts';
import type { SecurityLevel } from '../settings.ts';
import type { KeyExchangeRun, KeyExchangeStart } from './key-exchange.ts';

const where = 'tls_process_cke_dhe';

/** Ephemeral Diffie-Hellman, RFC 5246 section 7.4.3, with parameters as strong as the certificate. */
export function dhe({ cipherSuite, credential }: KeyExchangeStart, level: SecurityLevel): KeyExchangeRun {
  const strength = credential?.securityBits ?? (cipherSuite.strengthBits === 256 ? 128 : 80);
  const parameters = automaticDhParameters(Math.max(strength, minimumBits(level)));
  const pair = dhKeyPair(parameters);
  const params = { p: parameters.p, g: parameters.g, publicValue: pair.share };
  return {
    params,
    signedBytes: encode(ServerDhParams, params),
    premaster(flow, body) {
      const { publicValue } = flow.decode(DheClientKeyExchange, body, where, 'dhPublicValueLengthIsWrong');
      try {
        return pair.derive(publicValue);
      } catch (error) {
        if (error instanceof BadShare) throw new Problem('badDhValue', where, { bytes: publicValue });
        throw error;
      }
    },
  };
}
