import { hex } from '../bytes/hex.ts';
import type { Observer, Way } from '../connection/observer.ts';
import { alert } from '../names/alerts.ts';
import { ContentType } from '../names/content-types.ts';
import { handshakeTypeName } from '../names/handshake-types.ts';
import { Version, versionLabel } from '../names/versions.ts';

/**
 * messageDump prints every record header, handshake message, alert and ChangeCipherSpec in hex, after a line that names
 * it (`-msg`).
 */
export function messageDump(print: (text: string) => void): Observer {
  return {
    record: (way, header, _, version = headerVersion(header)) => print(dumped(way, version, recordHeader, header)),
    inner: (way, contentType, version) => print(dumped(way, version, innerContent, Uint8Array.of(contentType))),
    message: (way, contentType, version, bytes) => print(dumped(way, version, contentType, bytes)),
  };
}

/** Two kinds of dump that are no content types, with OpenSSL's numbers for them. */
const recordHeader = 256;
const innerContent = 257;

function dumped(way: Way, version: number, contentType: number, bytes: Uint8Array): string {
  const arrow = way === 'write' ? '>>>' : '<<<';
  const length = `[length ${bytes.length.toString(16).padStart(4, '0')}]`;
  const label = labelOf(version);
  if (label === undefined) {
    const numbers = `(version=${version}, content_type=${contentType})`;
    return `${arrow} Not TLS data or unknown version ${numbers} ${length}\n${rows(bytes)}`;
  }
  const type = typeNames.get(contentType) ?? `Unknown (content_type=${contentType})`;
  return `${arrow} ${label}, ${type} ${length}${details(contentType, bytes)}\n${rows(bytes)}`;
}

/** labelOf returns undefined for DTLS 1.2, which has no name here in OpenSSL 3.0. */
function labelOf(version: number): string | undefined {
  return version === Version['DTLSv1.2'] ? undefined : versionLabel(version);
}

const typeNames = new Map<number, string>([
  [ContentType.changeCipherSpec, 'ChangeCipherSpec'],
  [ContentType.alert, 'Alert'],
  [ContentType.handshake, 'Handshake'],
  [ContentType.applicationData, 'ApplicationData'],
  [recordHeader, 'RecordHeader'],
  [innerContent, 'InnerContent'],
]);

function details(contentType: number, bytes: Uint8Array): string {
  const [first = -1, second = -1] = bytes;
  if (contentType === ContentType.handshake) {
    const name = handshakeTypeName(first);
    return name === undefined ? '???' : `, ${name}`;
  }
  if (contentType !== ContentType.alert) return '';
  if (bytes.length !== 2) return ', ???';
  const level = first === 1 ? 'warning' : first === 2 ? 'fatal' : '???';
  return `, ${level} ${alert(second)?.msgName ?? '???'}`;
}

function headerVersion(header: Uint8Array): number {
  return ((header[1] ?? 0) << 8) | (header[2] ?? 0);
}

/** rows prints sixteen bytes a row. */
function rows(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 16) {
    text += `   ${hex(bytes.subarray(at, at + 16)).replaceAll(/../g, ' $&')}\n`;
  }
  return text;
}
