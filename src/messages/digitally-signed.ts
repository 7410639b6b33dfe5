import { opaque, struct, type ValueOf, type Wire } from '../bytes/wire.ts';
import { SignatureScheme } from './code-points.ts';
import { hasSignatureAlgorithms, type MessageContext } from './message.ts';

/** A signature (RFC 5246 section 4.7), which names its algorithm from TLS 1.2 on. */
export type DigitallySigned = ValueOf<typeof Bare> & { readonly algorithm?: number };

export function digitallySigned(context: MessageContext): Wire<DigitallySigned> {
  return hasSignatureAlgorithms(context) ? WithAlgorithm : Bare;
}

const Bare = struct({ signature: opaque(0, 65535) });
const WithAlgorithm = struct({ algorithm: SignatureScheme, signature: opaque(0, 65535) });
