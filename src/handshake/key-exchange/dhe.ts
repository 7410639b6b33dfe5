import { encode } from '../../bytes/wire.ts';
import { automaticDhParameters, type DhParameters, dhKeyPair } from '../../crypto/groups/dh.ts';
import { BadShare } from '../../crypto/groups.ts';
import { DheClientKeyExchange } from '../../messages/client-key-exchange.ts';
import { ServerDhParams } from '../../messages/server-key-exchange.ts';
import { Problem } from '../../names/problems.ts';
import type { Settings } from '../flow/settings.ts';
import { minimumBits } from '../policy/security-level.ts';
import type { KeyExchangeRun, KeyExchangeStart } from './key-exchange.ts';

export type DhSettings = Pick<Settings, 'temporaryDh' | 'securityLevel'>;

/** The reference's function that reads the client's value. */
export const dheReads = { where: 'tls_process_cke_dhe', malformed: 'dhPublicValueLengthIsWrong' } as const;

/**
 * Ephemeral Diffie-Hellman, RFC 5246 section 7.4.3, with the configured parameters or some as strong as the
 * certificate.
 */
export function dhe(start: KeyExchangeStart, settings: DhSettings): KeyExchangeRun {
  const { params, derive } = dheShare(start, settings);
  return {
    params,
    signedBytes: encode(ServerDhParams, params),
    read(flow, body) {
      const { publicValue } = flow.decode(DheClientKeyExchange, body, dheReads.where, dheReads.malformed);
      return { premaster: derive(publicValue) };
    },
  };
}

/** The server's half, which the PSK method reuses. */
export interface DheShare {
  readonly params: ServerDhParams;
  /** @throws {Problem} */
  derive(publicValue: Uint8Array): Uint8Array;
}

export function dheShare(start: KeyExchangeStart, settings: DhSettings): DheShare {
  const parameters = parametersFor(start, settings);
  const pair = dhKeyPair(parameters, start.surroundings.random);
  return {
    params: { p: parameters.p, g: parameters.g, publicValue: pair.share },
    derive(publicValue) {
      if (publicValue.length === 0) throw new Problem('missingTmpDhKey', dheReads.where);
      try {
        return pair.derive(publicValue);
      } catch (error) {
        if (!(error instanceof BadShare)) throw error;
        throw new Problem('badKeyShare', dheReads.where, { before: error.lines, bytes: publicValue });
      }
    },
  };
}

function parametersFor(
  { cipherSuite, credential }: KeyExchangeStart,
  { temporaryDh, securityLevel }: DhSettings,
): DhParameters {
  if (typeof temporaryDh === 'object') return temporaryDh;
  const strength = credential?.securityBits ?? (cipherSuite.strengthBits === 256 ? 128 : 80);
  return automaticDhParameters(Math.max(strength, minimumBits(securityLevel)));
}
