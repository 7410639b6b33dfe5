import { latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { decode, opaque, vector } from '../../bytes/wire.ts';
import type { AlpnChoice, Settings } from '../../handshake/flow/settings.ts';
import { TlsError } from '../sockets/tls-error.ts';
import { bytesOf } from './option-value.ts';

/** Options of the application protocol (RFC 7301). */
export interface AlpnOptions {
  /** Names in our order of preference, as an array or in wire format. */
  readonly ALPNProtocols?: readonly string[] | NodeJS.ArrayBufferView | undefined;
  /** Chooses one of the client's protocols; undefined ends the handshake. Instead of `ALPNProtocols`. */
  readonly ALPNCallback?: AlpnCallback | undefined;
}

/** AlpnCallback is as in `node:tls`, and may also return a promise. */
export type AlpnCallback = (offer: {
  readonly servername: string;
  readonly protocols: string[];
}) => ReturnType<AlpnChoice>;

/** Maximum bytes of the names, each after its length byte: the list of RFC 7301 without its own length. */
const maxList = 65535;

/**
 * alpnFrom returns the settings of ALPN.
 * @throws {TlsError} for options that contradict each other or name no protocol
 */
export function alpnFrom({ ALPNProtocols, ALPNCallback }: AlpnOptions): Pick<Settings, 'alpn' | 'chooseAlpn'> {
  if (ALPNProtocols !== undefined && ALPNCallback !== undefined) {
    const message = 'the options ALPNCallback and ALPNProtocols are mutually exclusive';
    throw new TlsError('ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS', message);
  }
  if (ALPNCallback === undefined) return { alpn: ALPNProtocols === undefined ? [] : protocolNames(ALPNProtocols) };
  return {
    alpn: [],
    chooseAlpn: async ({ protocols, serverName = '' }) => {
      const chosen = await ALPNCallback({ servername: serverName, protocols: [...protocols] });
      if (chosen === undefined || protocols.includes(chosen)) return chosen;
      const message = `ALPN callback returned a value (${chosen}) that did not match any of the client's offered protocols`;
      throw new TlsError('ERR_TLS_ALPN_CALLBACK_INVALID_RESULT', message);
    },
  };
}

function protocolNames(given: readonly string[] | NodeJS.ArrayBufferView): readonly string[] {
  const names = ArrayBuffer.isView(given) ? namesOnWire(bytesOf(given)) : given;
  if (names.some((name) => name === '' || Buffer.byteLength(name, 'latin1') > 255)) throw notProtocols();
  return names;
}

function namesOnWire(bytes: Uint8Array): string[] {
  if (bytes.length > maxList) throw notProtocols();
  try {
    const list = Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 0xff), bytes]);
    return decode(vector(opaque(1, 255), 0, maxList), list).map(latin1);
  } catch (error) {
    throw error instanceof Malformed ? notProtocols() : error;
  }
}

function notProtocols(): TlsError {
  return new TlsError('ERR_SERVERHELLO_INVALID_OPTION', 'ALPNProtocols: not a list of names of 1 to 255 bytes');
}
