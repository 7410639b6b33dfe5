import { Cursor } from '../../bytes/cursor.ts';
import { Malformed } from '../../bytes/malformed.ts';
import type { Observer, Way } from '../../connection/observer.ts';
import { Negotiated } from '../../facts/negotiated.ts';
import { AlertLevel } from '../../messages/alert.ts';
import { ProtocolVersion } from '../../messages/code-points.ts';
import { alert } from '../../names/alerts.ts';
import { ContentType } from '../../names/content-types.ts';
import { handshakeTypeName } from '../../names/handshake-types.ts';
import { laterContentTypeName, laterHandshakeTypeName } from '../../names/later-names.ts';
import { isDtls } from '../../names/versions.ts';
import { codeName, type Naming, nameIn, type Spot } from './trace-fields.ts';
import { printBody } from './trace-messages.ts';
import { TracePage } from './trace-page.ts';

/**
 * protocolTrace decodes every record header, handshake message, alert and ChangeCipherSpec of a connection and prints
 * them as SSL_trace of OpenSSL 3.0 does (`-trace`). A malformed one is printed up to its fault.
 */
export function protocolTrace(print: (text: string) => void, naming: Naming): Observer {
  const negotiated = new Negotiated();
  return {
    record: (way, header) => print(`${recordText(way, header, naming)}\n`),
    inner: (_way, contentType) => print(`  Inner Content Type = ${contentTypeText(contentType, naming)}\n`),
    message(way, contentType, version, bytes) {
      switch (contentType) {
        case ContentType.handshake:
          if (way === 'write') negotiated.sent(bytes[0] ?? 0, version, bytes);
          print(`${handshakeText({ way, version, bytes, negotiated, naming })}\n`);
          return;
        case ContentType.changeCipherSpec:
          print(`${changeCipherSpecText(bytes)}\n`);
          return;
        case ContentType.alert:
          print(`${alertText(bytes, naming)}\n`);
          return;
        default:
          print('\n');
      }
    },
  };
}

/** recordText does not end its last line. */
function recordText(way: Way, header: Uint8Array, naming: Naming): string {
  const direction = way === 'write' ? 'Sent' : 'Received';
  const from = new Cursor(header);
  if (from.left < streamHeaderLength) {
    const page = new TracePage();
    page.hex(0, `${direction} too short message`, header);
    return page.text;
  }
  const contentType = from.uint(1);
  const version = from.uint(2);
  const sequence = isDtls(version) && from.left >= 10 ? sequenceText(from) : '';
  const lines = [
    `${direction} Record`,
    'Header:',
    `  Version = ${nameIn(ProtocolVersion.shape, version, naming)} (0x${version.toString(16)})`,
    `${sequence}  Content Type = ${contentTypeText(contentType, naming)}`,
    `  Length = ${from.uint(2)}`,
  ];
  return lines.join('\n');
}

const streamHeaderLength = 5;

/** sequenceText prints the fields of DTLS (RFC 6347 section 4.1). */
function sequenceText(from: Cursor): string {
  const epoch = from.uint(2);
  const digits = [from.uint(2), from.uint(4)].map((part, at) => part.toString(16).padStart(at === 0 ? 4 : 8, '0'));
  return `  epoch=${epoch}, sequence_number=${digits.join('')}\n`;
}

function contentTypeText(contentType: number, naming: Naming): string {
  return `${codeName(contentTypeNames, contentType, naming)} (${contentType})`;
}

const contentTypes = new Map<number, string>([
  [ContentType.changeCipherSpec, 'ChangeCipherSpec'],
  [ContentType.alert, 'Alert'],
  [ContentType.handshake, 'Handshake'],
  [ContentType.applicationData, 'ApplicationData'],
]);

const contentTypeNames = { names: (code: number) => contentTypes.get(code), laterNames: laterContentTypeName };

function changeCipherSpecText(bytes: Uint8Array): string {
  if (bytes.length === 1 && bytes[0] === 1) return '    change_cipher_spec (1)\n';
  const page = new TracePage();
  page.hex(4, 'unknown value', bytes);
  return page.text;
}

function alertText(bytes: Uint8Array, naming: Naming): string {
  const [level = 0, description = 0] = bytes;
  if (bytes.length !== 2) return '    Illegal Alert Length\n';
  const levelName = level === AlertLevel.warning ? 'warning' : level === AlertLevel.fatal ? 'fatal' : 'unknown';
  const known = alert(description);
  const isNamed = known !== undefined && known.longName !== 'unknown';
  const name = (isNamed || naming === 'reference' ? known?.longName : known?.name) ?? 'unknown';
  return `    Level=${levelName}(${level}), description=${name}(${description})\n`;
}

interface Seen {
  readonly way: Way;
  readonly version: number;
  readonly bytes: Uint8Array;
  readonly negotiated: Negotiated;
  readonly naming: Naming;
}

function handshakeText({ way, version, bytes, negotiated, naming }: Seen): string {
  const page = new TracePage();
  const from = new Cursor(bytes);
  try {
    const type = printHeader({ page, from, naming }, version);
    printBody(type, {
      ...{ page, from, naming, columns: 6, side: way === 'write' ? 'server' : 'client' },
      context: {
        ...{ version, anonymous: negotiated.anonymous },
        ...(negotiated.keyExchange && { keyExchange: negotiated.keyExchange }),
      },
      rawPublicKey: negotiated.rawPublicKey(way),
    });
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    page.add('Message length parse error!\n');
  }
  return page.text;
}

const handshakeTypeNames = { names: handshakeTypeName, laterNames: laterHandshakeTypeName };

/** printHeader returns the type. @throws {Malformed} */
function printHeader({ page, from, naming }: Pick<Spot, 'page' | 'from' | 'naming'>, version: number): number {
  if (from.left < 4) throw new Malformed('no whole header');
  const type = from.uint(1);
  const length = from.uint(3);
  page.line(4, `${codeName(handshakeTypeNames, type, naming)}, Length=${length}`);
  if (isDtls(version)) {
    if (from.left < 8) throw new Malformed('no whole header');
    const parts = [`message_seq=${from.uint(2)}`, `fragment_offset=${from.uint(3)}`, `fragment_length=${from.uint(3)}`];
    page.line(4, parts.join(', '));
  }
  if (from.left < length) throw new Malformed('no whole message');
  return type;
}
