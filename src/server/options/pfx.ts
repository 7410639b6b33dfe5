import type { ClientAuthentication, SecurityLevel } from '../../handshake/flow/settings.ts';
import { minimumBits } from '../../handshake/policy/security-level.ts';
import { type Credential, checkCredential, credential } from '../../x509/files/credential.ts';
import { isPkcs12, openPkcs12, type Pkcs12Content } from '../../x509/files/pkcs12.ts';
import { joinStores, MemoryTrustStore } from '../../x509/trust/trust-store.ts';
import { pathCertificate } from '../../x509/verify/path-certificate.ts';
import { optionError, TlsError } from '../sockets/tls-error.ts';
import type { PemOrDer } from './credentials.ts';

/** The bytes of a PKCS #12 file; in a string each character is a byte. */
export type PfxInput = PemOrDer | { readonly buf: PemOrDer; readonly passphrase?: string | undefined };

export interface PfxOptions {
  /**
   * Key, certificate and its chain in a PKCS #12 file, or several with different types of key. The chain's certificates
   * are also trusted for clients, as in `node:tls`.
   */
  readonly pfx?: PfxInput | readonly PfxInput[] | undefined;
  /** Passphrase of every file that has none of its own. */
  readonly passphrase?: string | undefined;
}

/** @throws {TlsError} ERR_SERVERHELLO_CREDENTIAL for a file that cannot be opened */
export function pfxContents({ pfx, passphrase }: PfxOptions): Pkcs12Content[] {
  if (pfx === undefined) return [];
  const list = Array.isArray(pfx) ? (pfx as readonly PfxInput[]) : [pfx as PfxInput];
  return list.map((it) => {
    const { buf, passphrase: own } =
      typeof it === 'string' || it instanceof Uint8Array ? { buf: it, passphrase: undefined } : it;
    return opened(typeof buf === 'string' ? Buffer.from(buf, 'latin1') : buf, own ?? passphrase);
  });
}

/** @throws {TlsError} ERR_SERVERHELLO_CREDENTIAL for a key that does not match or is too weak for the level */
export function pfxCredential({ key, keyLines, certificates }: Pkcs12Content, level: SecurityLevel): Credential {
  if (key === undefined) throw refused(keyLines[0]?.extra ?? 'there is no private key in it');
  if (certificates.length === 0) throw refused('there is no certificate in it');
  try {
    const paired = credential(key, certificates);
    checkCredential(paired, minimumBits(level));
    return paired;
  } catch (error) {
    throw optionError('pfx', error);
  }
}

/** trustingPfx adds the certificates above the server's to the trusted ones and to the names in the request. */
export function trustingPfx(trust: ClientAuthentication, contents: readonly Pkcs12Content[]): ClientAuthentication {
  const authorities = contents.flatMap(({ certificates: [, ...above] }) => above.map((it) => pathCertificate(it)));
  if (authorities.length === 0) return trust;
  const names = new Map(authorities.map(({ subject, facts }) => [subject, facts.subject.der]));
  return {
    ...trust,
    trust: joinStores([trust.trust, new MemoryTrustStore({ certificates: authorities })]),
    authorityNames: [...trust.authorityNames, ...names.values()],
  };
}

function opened(bytes: Uint8Array, passphrase: string | undefined): Pkcs12Content {
  if (!isPkcs12(bytes)) throw refused('this is no PKCS #12 file');
  const unprotected = openPkcs12(bytes);
  if (!('fault' in unprotected)) return unprotected;
  const content = openPkcs12(bytes, Buffer.from(passphrase ?? ''));
  if (!('fault' in content)) return content;
  switch (content.fault) {
    case 'wrongPassword':
    case 'badDecrypt':
      throw refused(passphrase === undefined ? 'it needs a passphrase' : 'mac verify failure: wrong passphrase?');
    case 'unsupported':
      throw refused(`encrypted with ${content.algorithm}, which this Node does not have without the legacy provider`);
    case 'malformed':
      throw refused('it is malformed');
  }
}

function refused(message: string): TlsError {
  return new TlsError('ERR_SERVERHELLO_CREDENTIAL', `pfx: ${message}`);
}
