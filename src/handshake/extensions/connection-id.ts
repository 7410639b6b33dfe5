import { connectionId as kind } from '../../messages/extensions/connection-id.ts';
import { Version } from '../../names/versions.ts';
import type { ConnectionIds } from '../../record/inner-plaintext.ts';
import type { Flow } from '../flow/flow.ts';
import { type Round, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 9146, for DTLS 1.2 alone. Ours is given with the association, so that records lead back to it. */
export const connectionId = serverExtension(kind, {
  versions: 'upToTls12',
  offer: offer(kind, { where: 'tls_parse_ctos_connection_id' }),
  isOn: ({ datagrams }) => datagrams?.connectionIdLength !== undefined,
  choose: bothIds,
  answers: { serverHello12: (_round, chosen) => chosen?.ours },
});

/** Undefined where none are in use. */
function bothIds(
  offered: Uint8Array | undefined,
  { surroundings: { connectionId: ours } }: Flow,
  { version }: Round,
): ConnectionIds | undefined {
  if (offered === undefined || ours === undefined || version < Version['TLSv1.2']) return undefined;
  return { ours, theirs: Uint8Array.from(offered) };
}
