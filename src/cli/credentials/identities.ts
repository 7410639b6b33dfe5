import { existsSync } from 'node:fs';
import type { PrivateKey } from '../../crypto/signatures.ts';
import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import type { Asking } from '../../handshake/decisions/asking.ts';
import { tellChain, tellIssuers } from '../../handshake/decisions/certificates.ts';
import { minimumBits } from '../../handshake/policy/security-level.ts';
import { type Credential, checkCredential, credential } from '../../x509/files/credential.ts';
import { loadCertificate, loadCertificates, loadPrivateKey } from '../../x509/files/load.ts';
import { LoadFailure } from '../../x509/files/load-failure.ts';
import { type Passwords, passwordsFrom } from '../../x509/files/passwords.ts';
import { issuersIn, verifiedChain } from '../../x509/trust/own-chain.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import { fileForm } from '../arguments/format.ts';
import type { Options } from '../options/index.ts';
import { Stop } from '../output/stop.ts';

/** Identity is a key with its certificates, as loaded: not yet compared. */
export interface Identity {
  readonly key: PrivateKey;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
}

export const defaultFile = 'server.pem';
export const secondDefaultFile = 'server2.pem';

/** passwords reads those of `-key` and `-dkey`, which may come from one source. @throws {Stop} */
export function passwords(options: Options): Passwords {
  return loading(() => passwordsFrom(options.pass, options.dpass));
}

/** hasNoCertificate is true without options for a certificate and without a file of the default name. */
export function hasNoCertificate({ cert, key }: Options): boolean {
  return cert === undefined && key === undefined && !existsSync(defaultFile);
}

/**
 * loadIdentity loads the key before the certificate, so that a file without both is reported as lacking the key.
 * @throws {Stop}
 */
export function loadIdentity(options: Options, pass: Uint8Array | undefined): Identity {
  const file = options.cert ?? defaultFile;
  const name = 'server certificate';
  refuseEngineKey(options.keyform, `${name} private key`, options);
  const [form, keyForm] = [options.certform, options.keyform].map(fileForm);
  return loading(() => ({
    key: loadPrivateKey({
      file: options.key ?? file,
      description: `${name} private key`,
      password: pass,
      form: keyForm,
    }),
    certificate: loadCertificate({ file, description: name, password: pass, form }),
    chain:
      options.cert_chain === undefined
        ? []
        : loadCertificates({ file: options.cert_chain, description: `${name} chain` }),
  }));
}

/** loadSecondIdentity loads the pair for the server name of `-servername`. @throws {Stop} */
export function loadSecondIdentity(options: Options, pass: Uint8Array | undefined): Identity {
  const file = options.cert2 ?? secondDefaultFile;
  const name = 'second server certificate';
  const [form, keyForm] = [options.certform, options.keyform].map(fileForm);
  return loading(() => ({
    key: loadPrivateKey({
      file: options.key2 ?? file,
      description: `${name} private key`,
      password: pass,
      form: keyForm,
    }),
    certificate: loadCertificate({ file, description: name, password: pass, form }),
    chain: [],
  }));
}

/**
 * loadAlternative loads the pair of `-dcert`, for clients that want another type of key; undefined without `-dcert`.
 * @throws {Stop}
 */
export function loadAlternative(options: Options, pass: Uint8Array | undefined): Identity | undefined {
  const { dcert, dkey, dcert_chain } = options;
  if (dcert === undefined) return undefined;
  const name = 'second server certificate';
  const description = 'second certificate private key';
  refuseEngineKey(options.dkeyform, description, options);
  return loading(() => ({
    key: loadPrivateKey({ file: dkey ?? dcert, description, password: pass, form: fileForm(options.dkeyform) }),
    certificate: loadCertificate({ file: dcert, description: name, password: pass, form: fileForm(options.dcertform) }),
    chain: dcert_chain === undefined ? [] : loadCertificates({ file: dcert_chain, description: `${name} chain` }),
  }));
}

/** refuseEngineKey refuses keys of engines. @throws {Stop} */
function refuseEngineKey(form: string | undefined, description: string, { engine }: Options): void {
  if (form === undefined || !/^e/i.test(form)) return;
  if (engine !== undefined)
    throw new Stop('s_server: -keyform ENGINE is not possible: Node gives no keys of engines\n');
  const lines = [`No engine specified for loading ${description}`, 'No filename or uri specified for loading'];
  throw new Stop(`${lines.join('\n')}\n ${description}\n`);
}

/**
 * withCredential keeps one credential a key type: a later one replaces an earlier, and takes over its chain if it has
 * none.
 */
export function withCredential(credentials: readonly Credential[], added: Credential): Credential[] {
  const replaced = credentials.find(({ keyType }) => keyType === added.keyType);
  if (replaced === undefined) return [...credentials, added];
  const [leaf] = added.chain;
  const isAlone = added.chain.length === 1 && leaf !== undefined;
  const chain = isAlone ? [leaf, ...replaced.chain.slice(1)] : added.chain;
  return credentials.map((it) => (it === replaced ? { ...added, chain } : it));
}

/**
 * installed checks that key and certificate match and are strong enough, and returns them for the handshake.
 * `builtFrom`: the source of the chain with `-build_chain`.
 * @throws {Stop}
 */
export function installed({ key, certificate, chain }: Identity, asking: Asking, builtFrom?: TrustStore): Credential {
  const bits = minimumBits(asking.settings.securityLevel);
  return loading(() => {
    const installing = credential(key, [certificate, ...chain]);
    tellChain(asking, installing.chain);
    checkCredential(installing, bits);
    if (builtFrom === undefined) return installing;
    const built = verifiedChain(installing.chain, builtFrom, bits);
    if (built.lines) throw new LoadFailure('error building certificate chain', built.lines);
    tellIssuers(asking, built.chain.slice(1));
    return { ...installing, chain: built.chain };
  });
}

/** withIssuers adds issuers from the store to a certificate without a chain. */
export function withIssuers(alone: Credential, store: TrustStore): Credential {
  const [leaf, ...others] = alone.chain;
  if (leaf === undefined || others.length > 0) return alone;
  const issuers = issuersIn(store, leaf);
  return issuers.length === 0 ? alone : { ...alone, chain: [leaf, ...issuers] };
}

/** loading turns a failure to load into the end of the program. @throws {Stop} */
export function loading<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    throw new Stop(failureText(error));
  }
}

/** failureText is the failure's text for stderr. */
export function failureText({ message, lines, afterwards }: LoadFailure): string {
  return `${sentence(message)}${errorLines(lines)}${sentence(afterwards)}`;
}

function sentence(text: string): string {
  return text === '' ? '' : `${text}\n`;
}
