import type { EchConfig } from '../../messages/ech-config.ts';
import type { Extension } from '../../messages/extensions/extension.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Group } from '../../names/groups.ts';
import type { InfoAudience } from '../server-info.ts';
import type { Settings } from '../settings.ts';
import type { Responses } from '../status-lookup.ts';

/** What a server's hello says about an extension; undefined: nothing. */
export type Answer = (agreed: Agreed) => Extension | undefined;

/** What both sides say of the records that they take (RFC 8449), in bytes of content. */
export interface RecordSizes {
  readonly theirs: number;
  readonly ours: number;
  /** Ours as it stands on the wire, where in TLS 1.3 the type counts too. */
  readonly announced: number;
}

/** All that was agreed on by the time that the ServerHello is written. */
export interface Agreed {
  readonly settings: Settings;
  /** Of the client's extensions, those that are looked at again. */
  readonly offers: {
    readonly ecPointFormats?: readonly number[];
    readonly serverName?: Uint8Array;
    readonly serverCertificateType?: readonly number[];
  };
  /** The client is to send its bare public key. */
  readonly clientRawPublicKey: boolean;
  readonly cipherSuite: CipherSuite;
  readonly resumed: boolean;
  /** The group of the key exchange, where there is one. */
  readonly group: Group | undefined;
  /** What `settings` and the client's groups have in common. */
  readonly sharedGroups: readonly Group[];
  readonly alpn: string | undefined;
  /** What goes out with our certificate, by its chain; empty: nothing. */
  readonly staples: Responses;
  /** Whom the extensions of `-serverinfo` are for. */
  readonly audience: InfoAudience;
  readonly earlyData: 'notOffered' | 'rejected' | 'accepted';
  /** Those of Next Protocol Negotiation, where it takes place. */
  readonly nextProtocols: readonly string[] | undefined;
  /** A server name was looked up and accepted. */
  readonly serverNameAccepted: boolean;
  readonly ticketExpected: boolean;
  readonly extendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
  /** Code of the extension, 0 for none. */
  readonly maxFragmentLength: number;
  /** Code point, where one was agreed on. */
  readonly srtpProfile?: number | undefined;
  /** Undefined where the extension is not in use. */
  readonly recordSizes?: RecordSizes | undefined;
  /** What a client whose encrypted hello was not taken may try instead. */
  readonly echRetryConfigs?: readonly EchConfig[];
  readonly secureRenegotiation: boolean;
  /** Client's and server's verify_data of the handshake before; empty in a first one. */
  readonly previousFinished: Uint8Array;
}
