import { decryptPremaster } from '../../crypto/rsa-decrypt.ts';
import { RsaClientKeyExchange } from '../../messages/client-key-exchange.ts';
import { Problem } from '../../names/problems.ts';
import type { KeyExchangeRun, KeyExchangeStart } from './key-exchange.ts';

/**
 * RSA key transport, RFC 5246 section 7.4.7.1. Whatever is wrong with the ciphertext, the handshake goes on with a
 * random premaster secret and fails at Finished, as the section asks for.
 */
export function rsa({ credential, clientVersion }: KeyExchangeStart): KeyExchangeRun {
  if (credential === undefined) throw new Problem('noSharedCipher', 'tls_post_process_client_hello');
  return {
    premaster(flow, body) {
      const { encryptedPreMasterSecret } = flow.decode(RsaClientKeyExchange, body, 'tls_process_cke_rsa');
      return decryptPremaster(credential.key, encryptedPreMasterSecret, clientVersion, flow.surroundings.random(48));
    },
  };
}
