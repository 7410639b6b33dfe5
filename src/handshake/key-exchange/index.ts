import type { Flow } from '../flow.ts';
import { dhe } from './dhe.ts';
import { ecdhe } from './ecdhe.ts';
import type { KeyExchangeRun, KeyExchangeStart } from './key-exchange.ts';
import { rsa } from './rsa.ts';

/** Starts the key exchange that the suite asks for. */
export function startKeyExchange(flow: Flow, start: KeyExchangeStart): KeyExchangeRun {
  switch (start.cipherSuite.keyExchange) {
    case 'ECDHE':
      return ecdhe(start);
    case 'DHE':
      return dhe(start, flow.settings.securityLevel);
    case 'RSA':
      return rsa(start);
    default:
      throw new Error(`no key exchange ${start.cipherSuite.keyExchange}`);
  }
}
