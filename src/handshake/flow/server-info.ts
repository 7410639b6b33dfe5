import type { Extension } from '../../messages/extensions/extension.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import type { Credential, KeyType } from '../../x509/files/credential.ts';

/** `-serverinfo`: extensions with fixed content for clients that send an empty one of the same type. */
export interface ServerInfo {
  /** Sent only with a certificate of this key type; undefined: with none. */
  readonly keyType: KeyType | undefined;
  readonly extensions: readonly InfoExtension[];
}

export interface InfoExtension {
  readonly type: number;
  /** Flags of `InfoContext`. */
  readonly context: number;
  readonly body: Uint8Array;
}

/** The messages of an extension and its conditions: OpenSSL's flags in version 2 of the files. */
export const InfoContext = {
  streamsOnly: 0x0001,
  datagramsOnly: 0x0002,
  allowedInSsl3: 0x0008,
  upToTls12: 0x0010,
  fromTls13: 0x0020,
  notResumed: 0x0040,
  clientHello: 0x0080,
  serverHello12: 0x0100,
  serverHello13: 0x0200,
  encryptedExtensions: 0x0400,
  helloRetryRequest: 0x0800,
  certificate: 0x1000,
  newSessionTicket: 0x2000,
  certificateRequest: 0x4000,
} as const;

/** The flags that version 1 of the files implies. */
export const plainInfoContext =
  InfoContext.upToTls12 | InfoContext.clientHello | InfoContext.serverHello12 | InfoContext.notResumed;

/** The messages that carry fixed extensions. */
export type InfoPlace = AnsweringPlace | UnaskedPlace;
type AnsweringPlace = 'serverHello12' | 'serverHello13' | 'encryptedExtensions' | 'helloRetryRequest' | 'certificate';
/** Messages whose extensions are not answers (RFC 8446 section 4.2): the client need not have sent the extension. */
type UnaskedPlace = 'newSessionTicket' | 'certificateRequest';

/** The recipient of the extensions. `credential` is undefined when no certificate is sent. */
export interface InfoAudience {
  readonly hello: { readonly extensions: HelloExtensions };
  readonly version: number;
  readonly credential: Credential | undefined;
}

type HelloExtensions = ReadonlyMap<number, Uint8Array>;

/** Checks these extensions in the client's hello. @throws {Problem} when one is not allowed there, or is not empty */
export function checkServerInfo(info: ServerInfo | undefined, hello: HelloExtensions, version: number): void {
  const asked = info?.extensions.filter(({ type }) => hello.has(type)) ?? [];
  const misplaced = asked.find(
    ({ context }) => (context & InfoContext.clientHello) === 0 || (context & InfoContext.datagramsOnly) !== 0,
  );
  if (misplaced) throw new Problem('badExtension', 'tls_collect_extensions', { alert: 'illegal_parameter' });
  const filled = asked.find((it) => counts(it, version) && hello.get(it.type)?.length !== 0);
  if (filled) throw new Problem('badExtension', 'custom_ext_parse');
}

/** The fixed extensions of one message, for this client and this certificate. */
export function serverInfoIn(
  place: InfoPlace,
  info: ServerInfo | undefined,
  { hello: { extensions: hello }, version, credential }: InfoAudience,
): Extension[] {
  if (info === undefined || credential === undefined || credential.keyType !== info.keyType) return [];
  return info.extensions
    .filter(({ type }) => hello.has(type) || isUnasked(place))
    .filter((it) => (it.context & InfoContext[place]) !== 0 && counts(it, version))
    .map(({ type, body }) => ({ type, body }));
}

function isUnasked(place: InfoPlace): boolean {
  return place === 'newSessionTicket' || place === 'certificateRequest';
}

function counts({ context }: InfoExtension, version: number): boolean {
  if (version === Version['TLSv1.3']) return (context & InfoContext.upToTls12) === 0;
  if (version === Version.SSLv3 && (context & InfoContext.allowedInSsl3) === 0) return false;
  return (context & InfoContext.fromTls13) === 0;
}
