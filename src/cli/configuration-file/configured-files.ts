import { closeSync, openSync } from 'node:fs';
import type { DhParameters } from '../../crypto/groups/dh.ts';
import type { PrivateKey } from '../../crypto/signatures.ts';
import type { Asking } from '../../handshake/decisions/asking.ts';
import { tellChain, tellTemporaryDh } from '../../handshake/decisions/certificates.ts';
import type { ServerInfo } from '../../handshake/flow/server-info.ts';
import { minimumBits } from '../../handshake/policy/security-level.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { certificateFacts } from '../../x509/certificates/certificate.ts';
import { keyFacts } from '../../x509/certificates/key-facts.ts';
import { type Credential, checkCredential, credential, type KeyType } from '../../x509/files/credential.ts';
import { keyValuesMismatch, nothingToDecode, unknownCertificateType } from '../../x509/files/error-lines.ts';
import { loadCertificates, loadDhParameters, loadPrivateKey } from '../../x509/files/load.ts';
import { LoadFailure } from '../../x509/files/load-failure.ts';
import { systemFault } from '../../x509/files/store.ts';
import { dhKeyTooSmall, isTooSmall } from '../credentials/dhparam.ts';
import type { LoadedFiles } from '../credentials/secret-file-names.ts';
import { loadServerInfo } from '../credentials/server-info-file.ts';

/**
 * ConfiguredFiles loads for the commands Certificate, PrivateKey and DHParameters of one configuration: one certificate
 * a key type.
 */
export class ConfiguredFiles {
  dhParameters: DhParameters | undefined;
  serverInfo: ServerInfo | undefined;
  readonly loaded = { keys: [] as string[], certificates: [] as string[] } satisfies LoadedFiles;
  private readonly asking: Asking;
  private readonly certificates = new Map<KeyType, { readonly file: string; readonly chain: readonly Uint8Array[] }>();
  private readonly keys = new Map<KeyType, PrivateKey>();

  constructor(asking: Asking) {
    this.asking = asking;
  }

  /** certificate loads a file with the certificate first, then its chain. @throws {LoadFailure} */
  certificate(file: string): void {
    this.loaded.certificates.push(file);
    const load = () => loadCertificates({ file, description: 'certificate' });
    const chain = loaded(file, load, 'use_certificate_chain_file', noStartLine);
    tellChain(this.asking, chain);
    const keyType = keyTypeOf(chain[0]);
    if (keyType === undefined) throw failure(unknownCertificateType('ssl_set_cert'));
    this.certificates.set(keyType, { file, chain });
    const key = this.keys.get(keyType);
    // A key of another certificate is dropped.
    if (key !== undefined && !fits(key, chain)) this.keys.delete(keyType);
  }

  /** @throws {LoadFailure} */
  privateKey(file: string): void {
    this.loaded.keys.push(file);
    const load = () => loadPrivateKey({ file, description: 'key' });
    const key = loaded(file, load, 'SSL_CTX_use_PrivateKey_file', noPemObject);
    const keyType = keyFacts(key)?.keyType;
    if (keyType === undefined) throw failure(unknownCertificateType('ssl_set_pkey'));
    const chain = this.certificates.get(keyType)?.chain;
    if (chain !== undefined && !fits(key, chain)) throw failure(keyValuesMismatch());
    this.keys.set(keyType, key);
  }

  /** @throws {LoadFailure} */
  parameters(file: string): void {
    const load = () => loadDhParameters({ file, description: 'DH parameters' });
    const parameters = loaded(file, load, undefined, noPemObject);
    tellTemporaryDh(this.asking, parameters);
    if (isTooSmall(parameters, this.asking.settings.securityLevel)) throw failure(dhKeyTooSmall);
    this.dhParameters = parameters;
  }

  /** loadServerInfo loads for the last certificate. @throws {LoadFailure} */
  loadServerInfo(file: string): void {
    this.serverInfo = loadServerInfo(file, Array.from(this.certificates.keys()).at(-1));
  }

  /** finish pairs keys and certificates; a certificate's missing key is read from its own file. */
  finish(): { readonly credentials: readonly Credential[]; readonly lines: readonly ErrorLine[] } {
    const credentials: Credential[] = [];
    try {
      for (const [keyType, { file, chain }] of this.certificates) {
        if (!this.keys.has(keyType)) this.privateKey(file);
        const key = this.keys.get(keyType);
        if (key === undefined) continue;
        const installing = credential(key, chain);
        checkCredential(installing, minimumBits(this.asking.settings.securityLevel));
        credentials.push(installing);
      }
      return { credentials, lines: [] };
    } catch (error) {
      if (!(error instanceof LoadFailure)) throw error;
      return { credentials: [], lines: error.lines };
    }
  }
}

/** loaded opens a file of a configuration, whose failures have other error lines than those of options. */
function loaded<T>(file: string, load: () => T, where: string | undefined, unusable: () => ErrorLine): T {
  try {
    closeSync(openSync(file, 'r'));
  } catch (error) {
    const { errno, text } = systemFault(error);
    throw failure(
      line(2, errno, text, 'file_ctrl', `calling fopen(${file}, r)`),
      line(32, 0x80002, 'system lib', 'file_ctrl'),
      ...(where === undefined ? [] : [line(20, 0x80002, 'system lib', where)]),
    );
  }
  try {
    return load();
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    throw failure(unusable(), where === undefined ? unusable() : line(20, 0x80009, 'PEM lib', where));
  }
}

function noPemObject(): ErrorLine {
  return nothingToDecode('PEM');
}

function noStartLine(): ErrorLine {
  return line(9, 108, 'no start line', 'get_name', 'Expecting: TRUSTED CERTIFICATE');
}

function keyTypeOf(certificate: Uint8Array | undefined): KeyType | undefined {
  return certificate === undefined ? undefined : certificateFacts(certificate).key?.keyType;
}

function fits(key: PrivateKey, chain: readonly Uint8Array[]): boolean {
  try {
    checkCredential(credential(key, chain.slice(0, 1)), 0);
    return true;
  } catch {
    return false;
  }
}

function failure(...lines: ErrorLine[]): LoadFailure {
  return new LoadFailure('', lines);
}

function line(library: number, reason: number, text: string, where: string, extra?: string): ErrorLine {
  return { library, reason, text, function: where, ...(extra !== undefined && { extra }) };
}
