import type { Flow, Handshake } from '../flow/flow.ts';
import { dhe } from './dhe.ts';
import { ecdhe } from './ecdhe.ts';
import type { Exchanged, KeyExchangeRun, KeyExchangeStart } from './key-exchange.ts';
import { dhePsk, ecdhePsk, psk, rsaPsk } from './psk.ts';
import { rsa } from './rsa.ts';
import { srp } from './srp.ts';

/** Starts the key exchange of the suite. */
export function startKeyExchange({ settings }: Flow, start: KeyExchangeStart): KeyExchangeRun {
  switch (start.cipherSuite.keyExchange) {
    case 'ECDHE':
      return ecdhe(start);
    case 'DHE':
      return dhe(start, settings);
    case 'RSA':
      return rsa(start);
    case 'PSK':
      return psk(settings);
    case 'DHEPSK':
      return dhePsk(start, settings);
    case 'ECDHEPSK':
      return ecdhePsk(start, settings);
    case 'RSAPSK':
      return rsaPsk(start, settings);
    case 'SRP':
      return srp(start);
    default:
      throw new Error(`no key exchange ${start.cipherSuite.keyExchange}`);
  }
}

/** Reads the client's half, which may require a key lookup. @throws {Problem} */
export function* finishKeyExchange(flow: Flow, run: KeyExchangeRun, body: Uint8Array): Handshake<Exchanged> {
  const exchanged = run.read(flow, body);
  return 'premaster' in exchanged ? exchanged : yield* exchanged;
}
