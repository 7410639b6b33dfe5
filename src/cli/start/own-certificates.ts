import type { Asking } from '../../handshake/decisions/asking.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import type { Credential } from '../../x509/files/credential.ts';
import type { Parsed } from '../command-line/parse.ts';
import type { Configured } from '../configuration-file/configuration-file-commands.ts';
import { type ExtendedIdentity, extendedCredential, loadExtended } from '../credentials/extended-certificates.ts';
import {
  hasNoCertificate,
  type Identity,
  installed,
  loadIdentity,
  loading,
  loadSecondIdentity,
  withCredential,
} from '../credentials/identities.ts';
import { loadServerInfo } from '../credentials/server-info-file.ts';
import type { Minting } from '../identity/minting.ts';
import type { Options } from '../options/index.ts';
import type { TrustStores } from '../trust/trust-stores.ts';

/** OwnIdentities are keys and certificates, as loaded: not yet compared. */
export interface OwnIdentities {
  readonly extended: readonly ExtendedIdentity[];
  readonly first: Identity | undefined;
  /** `first`, if it was generated because there was none. */
  readonly selfMade: Identity | undefined;
  /** With `-mint`: instead of `first`. */
  readonly minting: Minting | undefined;
  /** For clients with the server name of `-servername`. */
  readonly second: Identity | undefined;
}

export interface OwnCertificates extends Pick<Settings, 'credentials' | 'extendedCredentials' | 'serverInfo'> {
  readonly second: readonly Credential[] | undefined;
}

/** loadOwn loads all but the pair of `-dcert`, in the reference's order. @throws {Stop} */
export async function loadOwn({ options, given }: Parsed, pass: Uint8Array | undefined): Promise<OwnIdentities> {
  const extended = loadExtended(given);
  if (options.mint !== undefined) {
    const { minting } = await import('../identity/minting.ts');
    return { extended, first: undefined, selfMade: undefined, second: undefined, minting: await minting(options.mint) };
  }
  const hasCertificates = options.nocert === undefined;
  const selfMade = hasCertificates && hasNoCertificate(options) ? await madeIdentity() : undefined;
  const first = selfMade ?? (hasCertificates ? loadIdentity(options, pass) : undefined);
  const hasSecond = options.servername !== undefined && hasCertificates;
  return {
    extended,
    first,
    selfMade,
    minting: undefined,
    second: hasSecond ? loadSecondIdentity(options, pass) : undefined,
  };
}

async function madeIdentity(): Promise<Identity> {
  const { selfMadeIdentity } = await import('../credentials/self-made-identity.ts');
  return selfMadeIdentity();
}

export interface Installing extends OwnIdentities {
  readonly options: Options;
  /** The pair of `-dcert`. */
  readonly alternative: Identity | undefined;
  readonly configured: Configured;
  readonly stores: TrustStores;
  readonly asking: Asking;
}

/**
 * installOwn compares keys with certificates, and builds the chains of `-build_chain`, in the reference's order.
 * @throws {Stop}
 */
export function installOwn(installing: Installing): OwnCertificates {
  const { options, configured, stores, asking, second } = installing;
  const install = (it: Identity) => installed(it, asking, options.build_chain ? stores.chain : undefined);
  const first = [installing.first].filter((it) => it !== undefined).map(install);
  const serverInfo = serverInfoOf(options, first[0]) ?? configured.serverInfo;
  const ofSecond = second === undefined ? undefined : [install(second)];
  const others = [installing.alternative].filter((it) => it !== undefined).map(install);
  const { securityLevel } = configured.configuration;
  const minted = installing.minting?.identities.map(install);
  return {
    credentials: minted ?? [...first, ...others].reduce(withCredential, configured.credentials),
    extendedCredentials: installing.extended.map((it) => extendedCredential(it, securityLevel, stores.chain)),
    second: ofSecond,
    serverInfo,
  };
}

/** serverInfoOf loads the file for the first certificate. @throws {Stop} */
function serverInfoOf({ serverinfo: file }: Options, credential: Credential | undefined): Settings['serverInfo'] {
  return file === undefined ? undefined : loading(() => loadServerInfo(file, credential?.keyType));
}
