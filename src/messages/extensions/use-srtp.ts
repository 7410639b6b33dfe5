import { opaque, struct, u16, vector } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

const UseSrtpData = struct({ profiles: vector(u16, 2, 65535), masterKeyIdentifier: opaque(0, 255) });

/** RFC 5764 section 4.1.1. The answer holds exactly one profile. */
export const useSrtp = extension({
  code: 14,
  name: 'use_srtp',
  in: { clientHello: UseSrtpData, serverHello: UseSrtpData, encryptedExtensions: UseSrtpData },
});
