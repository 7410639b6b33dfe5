import { latin1 } from '../../bytes/hex.ts';
import { alpn as kind } from '../../messages/extensions/alpn.ts';
import { Problem } from '../../names/problems.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { reportName } from '../flow/name-choices.ts';
import { answer } from '../flow/receive.ts';
import { type Round, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** Application-layer protocol negotiation, RFC 7301. */
export const alpn = serverExtension(kind, {
  versions: 'any',
  offer: offer(kind, { where: 'tls_parse_ctos_alpn' }),
  lookUp: chooseAlpn,
  answers: { serverHello12: listed, encryptedExtensions: listed },
});

/**
 * Chooses the first of our protocols that the client offers. Without a list of our own the extension is ignored.
 * @throws {Problem} noApplicationProtocol when none is shared, badDataReturnedByCallback when the application chooses another
 */
function* chooseAlpn(
  offered: readonly Uint8Array[] | undefined,
  flow: Flow,
  { offers: { serverName } }: Round,
): Handshake<string | undefined> {
  const { alpn: ours, chooseAlpn: choose } = flow.settings;
  if (offered === undefined || (ours.length === 0 && choose === undefined)) return undefined;
  const protocols = offered.map(latin1);
  const chosen = choose
    ? yield* answer(choose({ protocols, serverName: serverName && latin1(serverName) }))
    : ours.find((name) => protocols.includes(name));
  if (chosen !== undefined && !protocols.includes(chosen)) throw new Problem('badDataReturnedByCallback', where);
  const picked = choose ? 'the application has chosen it' : 'first of ours that the client has';
  reportName(
    flow.tell,
    'alpn',
    { chosen: chosen === undefined ? undefined : Buffer.from(chosen, 'latin1'), from: offered, ours },
    chosen === undefined ? 'no protocol in common' : picked,
  );
  flow.tell.note?.('alpn', { offered, ...(chosen !== undefined && { selected: Buffer.from(chosen, 'latin1') }) });
  flow.insist(chosen !== undefined, 'noApplicationProtocol', where);
  return chosen;
}

const where = 'tls_handle_alpn';

function listed(_subject: unknown, chosen: string | undefined) {
  return chosen === undefined ? undefined : [Buffer.from(chosen, 'latin1')];
}
