import { hex, latin1 } from '../../bytes/hex.ts';
import { hash } from '../../crypto/primitives/hash.ts';
import { alpn } from '../../messages/extensions/alpn.ts';
import { serverName } from '../../messages/extensions/server-name.ts';
import { isGrease } from '../../names/grease.ts';

/** Ja4Fields are the fields of a ClientHello for JA4, in the client's order. */
export interface Ja4Fields {
  readonly datagrams: boolean;
  readonly legacyVersion: number;
  /** Contents of supported_versions. */
  readonly versions: readonly number[];
  readonly cipherSuites: readonly number[];
  readonly extensions: readonly number[];
  readonly signatureAlgorithms: readonly number[];
  readonly firstProtocol: Uint8Array | undefined;
}

/** ja4 returns FoxIO's JA4: a summary, a hash of the suites, a hash of extensions and signature algorithms. */
export function ja4(fields: Ja4Fields): string {
  const { suites, extensions } = lists(fields);
  return [start(fields), shortHash(suites), shortHash(extensions)].join('_');
}

/** ja4Raw returns JA4 with lists in place of hashes. */
export function ja4Raw(fields: Ja4Fields): string {
  const { suites, extensions } = lists(fields);
  return [start(fields), suites, extensions].join('_');
}

function lists(fields: Ja4Fields): { readonly suites: string; readonly extensions: string } {
  const extensions = fields.extensions.filter((code) => code !== serverName.code && code !== alpn.code);
  const schemes = digits(fields.signatureAlgorithms).join();
  const sorted = digits(extensions).sort().join();
  return {
    suites: digits(fields.cipherSuites).sort().join(),
    extensions: schemes === '' ? sorted : `${sorted}_${schemes}`,
  };
}

function start(fields: Ja4Fields): string {
  const { datagrams, cipherSuites, extensions, firstProtocol } = fields;
  const named = extensions.includes(serverName.code) ? 'd' : 'i';
  const counts = count(cipherSuites) + count(extensions);
  return `${datagrams ? 'd' : 't'}${versionWord(fields)}${named}${counts}${protocolEnds(firstProtocol)}`;
}

/** versionWord encodes the highest version; DTLS versions count downwards. */
function versionWord({ datagrams, versions, legacyVersion }: Ja4Fields): string {
  const offered = versions.filter((code) => !isGrease(code));
  const best = datagrams ? Math.min(...offered) : Math.max(...offered);
  return versionWords.get(offered.length === 0 ? legacyVersion : best) ?? '00';
}

const versionWords = new Map([
  [0x0304, '13'],
  [0x0303, '12'],
  [0x0302, '11'],
  [0x0301, '10'],
  [0x0300, 's3'],
  [0x0002, 's2'],
  [0xfeff, 'd1'],
  [0xfefd, 'd2'],
  [0xfefc, 'd3'],
]);

function count(codes: readonly number[]): string {
  const length = codes.filter((code) => !isGrease(code)).length;
  return String(Math.min(length, 99)).padStart(2, '0');
}

/** protocolEnds returns the first and last character, of the hexadecimal form if one is not alphanumeric. */
function protocolEnds(protocol: Uint8Array | undefined): string {
  if (protocol === undefined || protocol.length === 0) return '00';
  const text = latin1(protocol);
  const ends = text.charAt(0) + text.charAt(text.length - 1);
  if (/^[0-9A-Za-z]{2}$/.test(ends)) return ends;
  const digitsOf = hex(protocol);
  return digitsOf.charAt(0) + digitsOf.charAt(digitsOf.length - 1);
}

function digits(codes: readonly number[]): string[] {
  return codes.filter((code) => !isGrease(code)).map((code) => code.toString(16).padStart(4, '0'));
}

function shortHash(list: string): string {
  return list === '' ? '000000000000' : hex(hash('sha256', Buffer.from(list))).substring(0, 12);
}
