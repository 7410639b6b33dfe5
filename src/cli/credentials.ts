import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { errorLines } from '../diagnostics/error-lines.ts';
import { minimumBits } from '../handshake/policy/security-level.ts';
import type { SecurityLevel } from '../handshake/settings.ts';
import { type Credential, checkCredential, credential } from '../x509/credential.ts';
import { loadCertificate, loadCertificates, loadPrivateKey } from '../x509/load.ts';
import { LoadFailure } from '../x509/load-failure.ts';
import { passwordsFrom } from '../x509/passwords.ts';
import type { Options } from './options/index.ts';
import { Stop } from './stop.ts';

/** A key with its certificates, as loaded: not yet compared. */
export interface Identity {
  readonly key: KeyObject;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
}

export const defaultFile = 'server.pem';
const secondDefaultFile = 'server2.pem';

/** The password of key and certificate; that of a second pair is asked for on the way, as both may come from one source. */
export function password(options: Options): Uint8Array | undefined {
  return loading(() => passwordsFrom(options.pass, options.dpass)).first;
}

/** Nothing says where a certificate could be: neither an option nor a file of the default name. */
export function hasNoCertificate({ cert, key }: Options): boolean {
  return cert === undefined && key === undefined && !existsSync(defaultFile);
}

/** Loads the key before the certificate, so that a file without both is told as one without the key. @throws {Stop} */
export function loadIdentity(options: Options, pass: Uint8Array | undefined): Identity {
  const file = options.cert ?? defaultFile;
  const name = 'server certificate';
  return loading(() => ({
    key: loadPrivateKey({ file: options.key ?? file, description: `${name} private key`, password: pass }),
    certificate: loadCertificate({ file, description: name }),
    chain:
      options.cert_chain === undefined
        ? []
        : loadCertificates({ file: options.cert_chain, description: `${name} chain` }),
  }));
}

/** The pair for the clients that ask for the name of `-servername`. @throws {Stop} */
export function loadSecondIdentity(options: Options, pass: Uint8Array | undefined): Identity {
  const file = options.cert2 ?? secondDefaultFile;
  const name = 'second server certificate';
  return loading(() => ({
    key: loadPrivateKey({ file: options.key2 ?? file, description: `${name} private key`, password: pass }),
    certificate: loadCertificate({ file, description: name }),
    chain: [],
  }));
}

/** Certificate, key and chain as the handshake uses them, once they are strong enough and fit. @throws {Stop} */
export function installed({ key, certificate, chain }: Identity, level: SecurityLevel): Credential {
  return loading(() => {
    const installing = credential(key, [certificate, ...chain]);
    checkCredential(installing, minimumBits(level));
    return installing;
  });
}

function loading<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    const { message, lines, afterwards } = error;
    throw new Stop(`${sentence(message)}${errorLines(lines)}${sentence(afterwards)}`);
  }
}

function sentence(text: string): string {
  return text === '' ? '' : `${text}\n`;
}
