import { opaque, struct, text, u8, type ValueOf, type Wire } from '../bytes/wire.ts';
import { NamedGroup } from './code-points.ts';
import { type DigitallySigned, digitallySigned } from './digitally-signed.ts';
import { type MessageContext, message } from './message.ts';

/**
 * RFC 5246 section 7.4.3. The suite determines the parts; for a suite without any (RSA) any byte is malformed. The
 * signature covers the two randoms and the bytes of `params`, encoded with the description of the method.
 */
export const ServerKeyExchange = message<ServerKeyExchange>(12, 'ServerKeyExchange', serverKeyExchange);

export interface ServerKeyExchange {
  /** Present in the PSK methods: RFC 4279 section 2. */
  readonly identityHint?: Uint8Array;
  readonly params?: ServerDhParams | ServerEcdhParams | ServerSrpParams;
  /** Missing in the PSK methods and in anonymous ones. */
  readonly signed?: DigitallySigned;
}

/** RFC 5246 section 7.4.3. Unsigned numbers, big-endian. */
export const ServerDhParams = struct({
  p: opaque(1, 65535),
  g: opaque(1, 65535),
  publicValue: opaque(1, 65535),
});
export type ServerDhParams = ValueOf<typeof ServerDhParams>;

/** RFC 8422 section 5.4, with a named curve: the only type not deprecated. */
export const ServerEcdhParams = struct({ curveType: u8, namedCurve: NamedGroup, point: opaque(1, 255) });
export type ServerEcdhParams = ValueOf<typeof ServerEcdhParams>;
export const namedCurveType = 3;

/** RFC 5054 section 2.5.3. Unsigned numbers, big-endian. */
export const ServerSrpParams = struct({
  n: opaque(1, 65535),
  g: opaque(1, 65535),
  salt: opaque(1, 255),
  b: opaque(1, 65535),
});
export type ServerSrpParams = ValueOf<typeof ServerSrpParams>;

function serverKeyExchange(context: MessageContext): Wire<ServerKeyExchange> {
  switch (context.keyExchange) {
    case 'DHE':
      return perhapsSigned(ServerDhParams, context);
    case 'ECDHE':
      return perhapsSigned(ServerEcdhParams, context);
    case 'SRP':
      return perhapsSigned(ServerSrpParams, context);
    case 'PSK':
    case 'RSAPSK':
      return struct({ identityHint });
    case 'DHEPSK':
      return struct({ identityHint, params: ServerDhParams });
    case 'ECDHEPSK':
      return struct({ identityHint, params: ServerEcdhParams });
    default:
      return struct({});
  }
}

const identityHint = text(0, 65535);

function perhapsSigned(
  params: Wire<ServerDhParams | ServerEcdhParams | ServerSrpParams>,
  context: MessageContext,
): Wire<ServerKeyExchange> {
  return context.anonymous ? struct({ params }) : struct({ params, signed: digitallySigned(context) });
}
