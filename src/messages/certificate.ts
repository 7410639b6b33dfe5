import { opaque, struct, vector } from '../bytes/wire.ts';
import { Extension } from './extensions/extension.ts';
import { byVersion, type MessageOf, message } from './message.ts';

/** RFC 5246 section 7.4.2: DER, the sender's own certificate first. */
export const Certificate12 = message(
  11,
  'Certificate',
  struct({ certificateList: vector(opaque(1, 0xffffff), 0, 0xffffff) }),
);
export type Certificate12 = MessageOf<typeof Certificate12>;

/** RFC 7250 section 3: the bare key in its place, alone. */
export const RawPublicKey12 = message(11, 'Certificate', struct({ publicKeyInfo: opaque(1, 0xffffff) }));
export type RawPublicKey12 = MessageOf<typeof RawPublicKey12>;

/** RFC 8446 section 4.4.2: each certificate with its extensions. */
export const Certificate13 = message(
  11,
  'Certificate',
  struct({
    certificateRequestContext: opaque(0, 255),
    certificateList: vector(
      struct({ certData: opaque(1, 0xffffff), extensions: vector(Extension, 0, 65535) }),
      0,
      0xffffff,
    ),
  }),
);
export type Certificate13 = MessageOf<typeof Certificate13>;

export const Certificate = byVersion(Certificate12, Certificate13);
export type Certificate = MessageOf<typeof Certificate>;
