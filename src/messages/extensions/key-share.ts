import { opaque, struct, type ValueOf, vector } from '../../bytes/wire.ts';
import { NamedGroup } from '../code-points.ts';
import { extension } from './extension.ts';

export const KeyShareEntry = struct({ group: NamedGroup, keyExchange: opaque(1, 65535) });
export type KeyShareEntry = ValueOf<typeof KeyShareEntry>;

/** RFC 8446 section 4.2.8. A HelloRetryRequest names the group that the server selected. */
export const keyShare = extension({
  code: 51,
  name: 'key_share',
  in: { clientHello: vector(KeyShareEntry, 0, 65535), serverHello: KeyShareEntry, helloRetryRequest: NamedGroup },
});
