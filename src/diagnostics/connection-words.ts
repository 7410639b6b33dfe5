import { escaped } from '../bytes/escaped.ts';
import type { Endpoint } from '../facts/decoding/value.ts';
import type { FactOf } from '../facts/fact.ts';
import { AlertDescription } from '../names/alerts.ts';
import { peerText, pointText } from './explanations/shown.ts';

/** A connection in the words that stand in front of all that is printed about it: `#3 127.0.0.1:51234`. */
export function connectionName(connection: number, remote: Endpoint | null): string {
  return `#${connection} ${remote === null ? 'unix' : endpointText(remote)}`;
}

export function endpointText({ address, port }: Endpoint): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** What a handshake came to, on one line. */
export function establishedWords(fact: FactOf<'established'>, ja4: string | undefined): string {
  const { version, suite, group, resumed, pskIdentity, earlyData, alpn } = fact;
  const words = [
    pointText(version),
    pointText(suite),
    group && pointText(group),
    resumed !== 'no' && resumed !== 'psk' && `resumed by ${resumed}`,
    pskIdentity !== undefined && `psk ${peerText(pskIdentity)}`,
    earlyData !== 'none' && `early data ${earlyData}`,
    alpn !== null && `alpn ${peerText(alpn)}`,
    ja4 !== undefined && `ja4 ${escaped(ja4)}`,
  ];
  return words.filter((it) => typeof it === 'string').join(' ');
}

/** Why a connection failed, on one line. `milliseconds`: since it began. */
export function failedWords(fact: FactOf<'failed'>, milliseconds: number): string {
  const when = fact.where === 'data' ? 'after' : 'in';
  return `${when} ${Math.round(milliseconds)} ms: ${escaped(fact.text)} (${alertWords(fact)})`;
}

function alertWords({ alertSent, alertReceived }: FactOf<'failed'>): string {
  if (alertReceived !== null) return `client sent alert ${alertReceived.code} ${alertReceived.name ?? 'of no name'}`;
  if (alertSent === null) return 'no alert';

  return `we sent alert ${AlertDescription[alertSent]} ${alertSent}`;
}
