import { opaque, struct, text } from '../bytes/wire.ts';
import { type MessageOf, message } from './message.ts';

/** The client's choice of Next Protocol Negotiation (draft-agl-tls-nextprotoneg-04 section 3), sent encrypted. */
export const NextProtocol = message(
  67,
  'NextProto',
  struct({ selectedProtocol: text(0, 255), padding: opaque(0, 255) }),
);
export type NextProtocol = MessageOf<typeof NextProtocol>;

/** The padding that hides the length of the name: name, padding and their two lengths fill a multiple of 32 bytes. */
export function nextProtocolPadding(selectedProtocol: Uint8Array): Uint8Array {
  return new Uint8Array(32 - ((selectedProtocol.length + 2) % 32));
}
