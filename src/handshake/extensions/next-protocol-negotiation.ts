import { nextProtocolNegotiation as kind } from '../../messages/extensions/next-protocol-negotiation.ts';
import type { Flow } from '../flow/flow.ts';
import { type Round12, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** draft-agl-tls-nextprotoneg-04. All of our protocols are sent: the client chooses, encrypted. */
export const nextProtocolNegotiation = serverExtension(kind, {
  versions: 'upToTls12',
  offer: offer(kind, { where: 'tls_parse_ctos_npn' }),
  isOn: ({ nextProtocols }) => nextProtocols !== undefined,
  choose: ourProtocols,
  answers: { serverHello12: (_round, names) => names?.map((name) => Buffer.from(name, 'latin1')) },
});

/** Once per connection; ALPN takes precedence. */
function ourProtocols(
  offered: object | undefined,
  { settings, previous }: Flow,
  { chosen }: Round12,
): readonly string[] | undefined {
  const takesPlace = offered !== undefined && previous === undefined && chosen.alpn === undefined;
  return takesPlace ? settings.nextProtocols : undefined;
}
