import { latin1 } from '../../bytes/hex.ts';
import { alpn as kind } from '../../messages/extensions/alpn.ts';
import { encodeExtension } from '../../messages/extensions/extension.ts';
import type { Flow } from '../flow.ts';
import type { Answer } from './answer.ts';
import { offer } from './offer.ts';

/** Application-layer protocol negotiation, RFC 7301. */
export const alpn = offer(kind, { where: 'tls_parse_ctos_alpn' });

/**
 * The first of our protocols that the client names too. Without a list of our own the extension is ignored.
 * @throws {Problem} noApplicationProtocol when there is none
 */
export function chooseAlpn(flow: Flow, offered: readonly Uint8Array[] | undefined): string | undefined {
  const ours = flow.settings.alpn;
  if (offered === undefined || ours.length === 0) return undefined;
  const names = offered.map(latin1);
  const chosen = ours.find((name) => names.includes(name));
  flow.tell.note?.('alpn', { offered, ...(chosen !== undefined && { selected: Buffer.from(chosen, 'latin1') }) });
  flow.insist(chosen !== undefined, 'noApplicationProtocol', 'tls_handle_alpn');
  return chosen;
}

export const answerAlpn: Answer = ({ alpn: chosen }) =>
  chosen === undefined ? undefined : encodeExtension(kind, 'encryptedExtensions', [Buffer.from(chosen, 'latin1')]);
