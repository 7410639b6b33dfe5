import type { Settings } from '../handshake/flow/settings.ts';
import { baseSettings } from '../handshake/policy/base-settings.ts';
import type { Credential } from '../x509/files/credential.ts';
import { type BehaviourOptions, behaviourFrom } from './options/behaviour.ts';
import { clientTrustFrom, type TrustOptions } from './options/client-certificates.ts';
import { type CredentialOptions, credentialsFrom, type PemOrDer } from './options/credentials.ts';
import { type EarlyDataOptions, earlyDataFrom } from './options/early-data.ts';
import { type EchOptions, echFrom } from './options/ech-keys.ts';
import { type PfxOptions, pfxContents, pfxCredential, trustingPfx } from './options/pfx.ts';
import { type ProtocolOptions, versionBounds } from './options/protocol-versions.ts';
import { secureOptionsFrom } from './options/secure-options.ts';
import { cacheSizeFrom, type SessionOptions, sessionsFrom } from './options/sessions.ts';
import { type SuiteOptions, suitesFrom } from './options/suites.ts';
import { temporaryDhFrom } from './options/temporary-dh.ts';

/**
 * Options of a server's credentials and protocol. Names and defaults are those of `node:tls` where it has the option.
 */
export interface SecureContextOptions
  extends CredentialOptions,
    PfxOptions,
    EchOptions,
    ProtocolOptions,
    TrustOptions,
    SuiteOptions,
    SessionOptions,
    EarlyDataOptions,
    BehaviourOptions {
  /** The DHE group up to TLS 1.2 (PKCS #3): one that fits the certificate unless given. */
  readonly dhparam?: PemOrDer | undefined;
  /** `SSL_OP_` constants of `node:crypto`. They win over the other options. */
  readonly secureOptions?: number | undefined;
}

/** SecureContext is a checked set of options for `SNICallback` and `addContext`. Made by `createSecureContext`. */
export class SecureContext {
  /** @internal */
  readonly settings: Settings;

  constructor(settings: Settings) {
    this.settings = settings;
  }
}

/** contextSettings returns the settings for options whose names have been checked. @throws {TlsError} */
export function contextSettings(options: SecureContextOptions): Settings {
  const suites = suitesFrom(options);
  const { securityLevel: level } = suites;
  const ech = echFrom(options);
  const pfx = pfxContents(options);
  const ofPfx = pfx.map((it) => pfxCredential(it, level));
  return {
    ...baseSettings({ cacheSize: cacheSizeFrom(options) }),
    ...suites,
    ...versionBounds(options),
    credentials: lastOfEachType([...credentialsFrom(options, level), ...ofPfx]),
    clientAuthentication: trustingPfx(clientTrustFrom(options), pfx),
    ...(ech && { ech }),
    ...earlyDataFrom(options),
    temporaryDh: temporaryDhFrom(options.dhparam, level),
    ...sessionsFrom(options),
    ...behaviourFrom(options),
    ...secureOptionsFrom(options.secureOptions),
  };
}

/** lastOfEachType lets each certificate replace an earlier one with the same type of key, as in `node:tls`. */
function lastOfEachType(credentials: readonly Credential[]): Credential[] {
  return [...new Map(credentials.map((it) => [it.keyType, it])).values()];
}
