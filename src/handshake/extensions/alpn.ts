import { latin1 } from '../../bytes/hex.ts';
import { alpn as kind } from '../../messages/extensions/alpn.ts';
import { encodeExtension } from '../../messages/extensions/extension.ts';
import type { Flow, Handshake } from '../flow.ts';
import { answer } from '../receive.ts';
import type { Answer } from './answer.ts';
import { offer } from './offer.ts';

/** Application-layer protocol negotiation, RFC 7301. */
export const alpn = offer(kind, { where: 'tls_parse_ctos_alpn' });

/** What the choice looks at of the client's extensions. */
interface Asked {
  readonly alpn?: readonly Uint8Array[];
  readonly serverName?: Uint8Array;
}

/**
 * The first of our protocols that the client names too. Without a list of our own the extension is ignored.
 * @throws {Problem} noApplicationProtocol when there is none
 */
export function* chooseAlpn(flow: Flow, { alpn: offered, serverName }: Asked): Handshake<string | undefined> {
  const { alpn: ours, chooseAlpn: choose } = flow.settings;
  if (offered === undefined || (ours.length === 0 && choose === undefined)) return undefined;
  const protocols = offered.map(latin1);
  const chosen = choose
    ? yield* answer(choose({ protocols, serverName: serverName && latin1(serverName) }))
    : ours.find((name) => protocols.includes(name));
  flow.tell.note?.('alpn', { offered, ...(chosen !== undefined && { selected: Buffer.from(chosen, 'latin1') }) });
  flow.insist(chosen !== undefined, 'noApplicationProtocol', 'tls_handle_alpn');
  return chosen;
}

export const answerAlpn: Answer = ({ alpn: chosen }) =>
  chosen === undefined ? undefined : encodeExtension(kind, 'encryptedExtensions', [Buffer.from(chosen, 'latin1')]);
