import { opaque, rest, struct, text } from '../bytes/wire.ts';
import { Version } from '../names/versions.ts';
import { type Kind, type MessageContext, type MessageOf, message } from './message.ts';

const encryptedPreMasterSecret = opaque(0, 65535);
/* An empty value or point can be decoded, because the key exchange refuses it for a reason of its own. */
const publicValue = opaque(0, 65535);
const point = opaque(0, 255);
const identity = text(0, 65535);
const TlsRsa = struct({ encryptedPreMasterSecret });
const Ssl3Rsa = struct({ encryptedPreMasterSecret: rest });

/** RFC 5246 section 7.4.7.1; SSL 3.0 sends the ciphertext without a length (RFC 6101 section 5.6.7.1). */
export const RsaClientKeyExchange = message(16, 'ClientKeyExchange', ({ version }) =>
  version === Version.SSLv3 ? Ssl3Rsa : TlsRsa,
);
export type RsaClientKeyExchange = MessageOf<typeof RsaClientKeyExchange>;

/** RFC 5246 section 7.4.7.2: the client's public value is always explicit, fixed ones are not supported. */
export const DheClientKeyExchange = message(16, 'ClientKeyExchange', struct({ publicValue }));
export type DheClientKeyExchange = MessageOf<typeof DheClientKeyExchange>;

/** RFC 8422 section 5.7 */
export const EcdheClientKeyExchange = message(16, 'ClientKeyExchange', struct({ point }));
export type EcdheClientKeyExchange = MessageOf<typeof EcdheClientKeyExchange>;

/** RFC 4279 section 2 */
export const PskClientKeyExchange = message(16, 'ClientKeyExchange', struct({ identity }));
export type PskClientKeyExchange = MessageOf<typeof PskClientKeyExchange>;

/** RFC 4279 section 3 */
export const DhePskClientKeyExchange = message(16, 'ClientKeyExchange', struct({ identity, publicValue }));
export type DhePskClientKeyExchange = MessageOf<typeof DhePskClientKeyExchange>;

/** RFC 4279 section 4 */
export const RsaPskClientKeyExchange = message(16, 'ClientKeyExchange', struct({ identity, encryptedPreMasterSecret }));
export type RsaPskClientKeyExchange = MessageOf<typeof RsaPskClientKeyExchange>;

/** RFC 5489 section 2 */
export const EcdhePskClientKeyExchange = message(16, 'ClientKeyExchange', struct({ identity, point }));
export type EcdhePskClientKeyExchange = MessageOf<typeof EcdhePskClientKeyExchange>;

/** RFC 5054 section 2.6 */
export const SrpClientKeyExchange = message(16, 'ClientKeyExchange', struct({ a: opaque(1, 65535) }));
export type SrpClientKeyExchange = MessageOf<typeof SrpClientKeyExchange>;

/** The form that the suite's key exchange prescribes. Under a suite without such a message any byte is malformed. */
export const ClientKeyExchange = message<ClientKeyExchange>(16, 'ClientKeyExchange', (context) =>
  kindFor(context).wire(context),
);
export type ClientKeyExchange =
  | RsaClientKeyExchange
  | DheClientKeyExchange
  | EcdheClientKeyExchange
  | PskClientKeyExchange
  | DhePskClientKeyExchange
  | RsaPskClientKeyExchange
  | EcdhePskClientKeyExchange
  | SrpClientKeyExchange
  | Record<string, never>;

function kindFor({ keyExchange }: MessageContext): Kind<ClientKeyExchange> {
  switch (keyExchange) {
    case 'RSA':
      return RsaClientKeyExchange;
    case 'DHE':
      return DheClientKeyExchange;
    case 'ECDHE':
      return EcdheClientKeyExchange;
    case 'PSK':
      return PskClientKeyExchange;
    case 'DHEPSK':
      return DhePskClientKeyExchange;
    case 'RSAPSK':
      return RsaPskClientKeyExchange;
    case 'ECDHEPSK':
      return EcdhePskClientKeyExchange;
    case 'SRP':
      return SrpClientKeyExchange;
    default:
      return None;
  }
}

const None = message(16, 'ClientKeyExchange', struct({}));
