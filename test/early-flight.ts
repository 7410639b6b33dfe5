import { encode } from '../src/bytes/wire.ts';
import { hash } from '../src/crypto/primitives/hash.ts';
import { protection13 } from '../src/handshake/flow/protections.ts';
import { EarlySecret, finishedMac } from '../src/keys/schedule13.ts';
import { ClientHello } from '../src/messages/client-hello.ts';
import { earlyData } from '../src/messages/extensions/early-data.ts';
import { type Extension, encodeExtension } from '../src/messages/extensions/extension.ts';
import { keyShare } from '../src/messages/extensions/key-share.ts';
import { PskBinders, preSharedKey } from '../src/messages/extensions/pre-shared-key.ts';
import { PskKeyExchangeMode, pskKeyExchangeModes } from '../src/messages/extensions/psk-key-exchange-modes.ts';
import { recordSizeLimit } from '../src/messages/extensions/record-size-limit.ts';
import { signatureAlgorithms } from '../src/messages/extensions/signature-algorithms.ts';
import { supportedGroups } from '../src/messages/extensions/supported-groups.ts';
import { supportedVersions } from '../src/messages/extensions/supported-versions.ts';
import { encodeMessage } from '../src/messages/message.ts';
import { cipherSuite } from '../src/names/cipher-suites.ts';
import { ContentType } from '../src/names/content-types.ts';
import { Version } from '../src/names/versions.ts';
import { WriteHalf } from '../src/record/write-half.ts';
import type { Session } from '../src/sessions/session.ts';

const sha256 = 'sha256';
const x25519 = 0x001d;
const secp256r1 = 0x0017;

export interface EarlyFlightOptions {
  readonly session: Session;
  readonly ticket: Uint8Array;
  /** Milliseconds. */
  readonly ticketAge: number;
  /** Each text becomes a record of early data. */
  readonly texts: readonly string[];
  /** Maximum bytes of records to the client (RFC 8449). */
  readonly recordSizeLimit?: number;
  /** `missing`: the hello has no share that the server supports, so that it sends a HelloRetryRequest. */
  readonly share?: 'missing';
}

/** earlyFlight is a client's first flight in records: a ClientHello, and early data. */
export function earlyFlight(options: EarlyFlightOptions): readonly Uint8Array[] {
  const { session, texts } = options;
  const early = new EarlySecret(sha256, session.secret);
  const hello = helloWithBinder(options, early);
  const plain = new WriteHalf();
  const sealed = new WriteHalf();
  const suite = cipherSuite(session.cipherSuite);
  if (suite === undefined) throw new Error('no such suite');
  sealed.use(protection13(suite, sha256, early.clientEarlyTraffic(hash(sha256, hello))));
  const records = [
    ...plain.seal(ContentType.handshake, Version['TLSv1.2'], hello),
    ...texts.flatMap((text) => sealed.seal(ContentType.applicationData, Version['TLSv1.2'], Buffer.from(text))),
  ];
  return records.map((parts) => Buffer.concat(parts));
}

/** RFC 8446 section 4.2.11.2 */
function helloWithBinder(options: EarlyFlightOptions, early: EarlySecret): Uint8Array {
  const empty = helloWith(options, new Uint8Array(32));
  const covered = empty.subarray(0, empty.length - encode(PskBinders, [new Uint8Array(32)]).length);
  return helloWith(options, finishedMac(sha256, early.binderKey('res binder'), hash(sha256, covered)));
}

function helloWith(
  { session, ticket, ticketAge, share, recordSizeLimit: limit }: EarlyFlightOptions,
  binder: Uint8Array,
): Uint8Array {
  const obfuscatedTicketAge = (ticketAge + session.ticketAgeAdd) >>> 0;
  const extensions: Extension[] = [
    encodeExtension(supportedVersions, 'clientHello', [Version['TLSv1.3']]),
    encodeExtension(supportedGroups, 'clientHello', [x25519, secp256r1]),
    encodeExtension(signatureAlgorithms, 'clientHello', [0x0403, 0x0807]),
    encodeExtension(pskKeyExchangeModes, 'clientHello', [PskKeyExchangeMode.pskDheKe]),
    encodeExtension(keyShare, 'clientHello', share ? [] : [{ group: x25519, keyExchange: basePoint }]),
    ...(limit === undefined ? [] : [encodeExtension(recordSizeLimit, 'clientHello', limit)]),
    encodeExtension(earlyData, 'clientHello', {}),
    encodeExtension(preSharedKey, 'clientHello', {
      identities: [{ identity: ticket, obfuscatedTicketAge }],
      binders: [binder],
    }),
  ];
  const hello = {
    legacyVersion: Version['TLSv1.2'],
    random: new Uint8Array(32),
    sessionId: new Uint8Array(0),
    cipherSuites: [session.cipherSuite],
    compressionMethods: [0],
    extensions,
  };
  return encodeMessage(ClientHello, hello, { version: Version['TLSv1.3'] });
}

/** Any share will do, as nobody decrypts the answer. */
const basePoint = Uint8Array.from({ length: 32 }, (_, index) => (index === 0 ? 9 : 0));
