import { KeyObject } from 'node:crypto';
import { decryptPremaster } from '../../crypto/rsa-decrypt.ts';
import { RsaClientKeyExchange } from '../../messages/client-key-exchange.ts';
import { Problem } from '../../names/problems.ts';
import type { Flow } from '../flow/flow.ts';
import type { KeyExchangeRun, KeyExchangeStart } from './key-exchange.ts';

/**
 * RSA key transport, RFC 5246 section 7.4.7.1. After any fault in the ciphertext the handshake continues with a random
 * premaster secret and fails at Finished, as the section requires.
 */
export function rsa(start: KeyExchangeStart): KeyExchangeRun {
  const decrypt = rsaDecryption(start);
  return {
    read(flow, body) {
      const { encryptedPreMasterSecret } = flow.decode(RsaClientKeyExchange, body, 'tls_process_cke_rsa');
      return { premaster: decrypt(flow, encryptedPreMasterSecret) };
    },
  };
}

/** The decryption, which the PSK method reuses. @throws {Problem} without a key that decrypts */
export function rsaDecryption({ credential, clientVersion }: KeyExchangeStart) {
  const key = credential?.key;
  if (!(key instanceof KeyObject)) throw new Problem('noSharedCipher', 'tls_post_process_client_hello');
  return ({ surroundings }: Flow, ciphertext: Uint8Array): Uint8Array =>
    decryptPremaster(key, ciphertext, clientVersion, surroundings.random(48));
}
