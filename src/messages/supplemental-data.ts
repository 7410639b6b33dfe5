import { opaque, struct, u16, vector } from '../bytes/wire.ts';
import { type MessageOf, message } from './message.ts';

/** RFC 4680 section 2 */
export const SupplementalData = message(
  23,
  'SupplementalData',
  struct({ entries: vector(struct({ type: u16, data: opaque(0, 65535) }), 1, 0xffffff) }),
);
export type SupplementalData = MessageOf<typeof SupplementalData>;
