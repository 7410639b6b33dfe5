import { hex } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import type { SessionInfo } from '../../handshake/flow/session-info.ts';
import { rsaMd5Sha1 } from '../../handshake/policy/signature-choice.ts';
import { group } from '../../names/groups.ts';
import { signatureScheme } from '../../names/signature-schemes.ts';

/** signatureAlgorithmsLine is `Signature Algorithms: ...`, in the client's order; empty without any. */
export function signatureAlgorithmsLine(info: SessionInfo): string {
  return listed('Signature Algorithms: ', info.signatureAlgorithms.map(signatureSchemeName));
}

export function sharedSignatureAlgorithmsLine(info: SessionInfo): string {
  return listed('Shared Signature Algorithms: ', info.sharedSignatureAlgorithms.map(signatureSchemeName));
}

export function pointFormatsLine(info: SessionInfo): string {
  const names = (info.pointFormats ?? []).map((it) => pointFormatNames[it] ?? `unknown(${it})`);
  return listed('Supported Elliptic Curve Point Formats: ', names);
}

/**
 * supportedGroupsLine is empty for a client without groups. The reference's output for an unnamed group is C's for a
 * null pointer.
 */
export function supportedGroupsLine(info: SessionInfo, unnamed = (_code: number) => '<NULL>'): string {
  const names = (info.supportedGroups ?? []).map((code) => group(code)?.names[0] ?? unnamed(code));
  return listed('Supported groups: ', names);
}

export function sharedGroupsLine(info: SessionInfo): string {
  if (!info.supportedGroups?.length) return '';
  const names = info.sharedGroups.map((code) => group(code)?.names[0]);
  return `Shared groups: ${names.join(':') || 'NONE'}\n`;
}

/** certificateAuthorityLines prints the authorities whose certificates the client accepts. */
export function certificateAuthorityLines(info: SessionInfo, nameText: (name: Uint8Array) => string): string {
  if (info.certificateAuthorities.length === 0) return '';
  const names = info.certificateAuthorities.map((it) => {
    try {
      return `${nameText(it)}\n`;
    } catch (error) {
      // A client may send anything here; that must not end the connection.
      if (error instanceof Malformed) return `${hex(it)}\n`;
      throw error;
    }
  });
  return `---\nAcceptable server certificate CA names\n${names.join('')}`;
}

export interface PeerSignature {
  /** Absent for schemes with a built-in hash, such as Ed25519. */
  readonly digest?: string;
  readonly type: string;
}

/**
 * peerSignature returns the values of the lines `Peer signature type` and `Signature type` for the client's
 * certificate.
 */
export function peerSignature(info: SessionInfo): PeerSignature | undefined {
  if (info.peerSignatureScheme === undefined) return undefined;
  const code = info.peerSignatureScheme;
  const scheme = code === rsaMd5Sha1.code ? rsaMd5Sha1 : signatureScheme(code);
  if (scheme === undefined) return undefined;
  const pss = /^rsa_pss_(?:rsae|pss)_sha(\d+)$/.exec(scheme.name);
  if (pss !== null) return { digest: `SHA${pss[1]}`, type: 'RSA-PSS' };
  const [type = scheme.line, digest] = scheme.line.split('+');
  return { type, ...(digest && { digest }) };
}

const pointFormatNames = ['uncompressed', 'ansiX962_compressed_prime', 'ansiX962_compressed_char2'];

function listed(words: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${words}${names.join(':')}\n`;
}

/** signatureSchemeName prints an unknown scheme as the pair of TLS 1.2: signature, then hash. */
function signatureSchemeName(code: number): string {
  return signatureScheme(code)?.line ?? `${byteText(code & 0xff)}+${byteText(code >> 8)}`;
}

function byteText(value: number): string {
  return `0x${value.toString(16).toUpperCase().padStart(2, '0')}`;
}
