import { Cursor } from '../../bytes/cursor.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { decode } from '../../bytes/wire.ts';
import { certificateBody } from '../../handshake/certificates/certificate-compression.ts';
import { Certificate } from '../../messages/certificate.ts';
import { CertificateRequest } from '../../messages/certificate-request.ts';
import { CertificateVerify } from '../../messages/certificate-verify.ts';
import { ClientHello } from '../../messages/client-hello.ts';
import { ClientKeyExchange } from '../../messages/client-key-exchange.ts';
import { CompressedCertificate } from '../../messages/compressed-certificate.ts';
import { EncryptedExtensions } from '../../messages/encrypted-extensions.ts';
import { Finished } from '../../messages/finished.ts';
import { HelloVerifyRequest } from '../../messages/hello-verify-request.ts';
import { KeyUpdate } from '../../messages/key-update.ts';
import { isTls13, type Kind } from '../../messages/message.ts';
import { NewSessionTicket } from '../../messages/new-session-ticket.ts';
import { ServerHello } from '../../messages/server-hello.ts';
import { ServerHelloDone } from '../../messages/server-hello-done.ts';
import { ServerKeyExchange } from '../../messages/server-key-exchange.ts';
import { Problem } from '../../names/problems.ts';
import { printAuthorities, printCertificates, printRawPublicKey } from './trace-certificates.ts';
import { printExtensions } from './trace-extensions.ts';
import {
  codeField,
  codesField,
  decimalCode,
  decimalField,
  type FieldPrinter,
  hexField,
  indented,
  type Layout,
  type Naming,
  nameIn,
  printFields,
  type Spot,
  schemeCode,
} from './trace-fields.ts';
import { printClientKeyExchange, printServerKeyExchange, signatureLayout } from './trace-key-exchange.ts';

/** BodySpot also says whether the sender uses a bare key instead of certificates. */
export interface BodySpot extends Spot {
  readonly rawPublicKey: boolean;
}

/** printBody prints the body of a handshake message, at whose start the cursor is. @throws {Malformed} */
export function printBody(type: number, spot: BodySpot): void {
  const print = printers.get(type) ?? unsupported;
  print(spot);
}

type BodyPrinter = (spot: BodySpot) => void;

function version(label: string): FieldPrinter {
  return codeField((code, name) => `${label}=0x${code.toString(16)} (${name})`);
}

/** RFC 5246 section 7.4.1.2: the time was once its first part. */
function random({ page, columns, from }: Spot): void {
  const bytes = new Cursor(from.take(32));
  page.line(columns, 'Random:');
  page.line(columns + 2, `gmt_unix_time=0x${bytes.uint(4).toString(16).toUpperCase().padStart(8, '0')}`);
  page.hex(columns + 2, 'random_bytes', bytes.rest());
}

function suiteLine(code: number, name: string): string {
  return `{0x${twoDigits(code >> 8)}, 0x${twoDigits(code & 0xff)}} ${name}`;
}

function compressionLine(code: number, name: string): string {
  return `${name} (0x${twoDigits(code)})`;
}

function twoDigits(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

const layouts: ReadonlyMap<Kind<unknown>, Layout> = new Map<Kind<unknown>, Layout>([
  [
    ClientHello,
    {
      legacyVersion: version('client_version'),
      random,
      sessionId: hexField('session_id'),
      cookie: hexField('cookie'),
      cipherSuites: codesField('cipher_suites', suiteLine, 'early'),
      compressionMethods: codesField('compression_methods', compressionLine),
      extensions: (spot) => printExtensions(spot, ClientHello.type),
    },
  ],
  [HelloVerifyRequest, { serverVersion: version('server_version'), cookie: hexField('cookie') }],
  [
    ServerHello,
    {
      legacyVersion: version('server_version'),
      random,
      sessionId: hexField('session_id'),
      cipherSuite: codeField((code, name) => `cipher_suite ${suiteLine(code, name)}`),
      compressionMethod: codeField((code, name) => `compression_method: ${compressionLine(code, name)}`),
      extensions: (spot) => printExtensions(spot, ServerHello.type),
    },
  ],
  [EncryptedExtensions, { extensions: (spot) => printExtensions(spot, EncryptedExtensions.type) }],
  [
    CertificateRequest,
    {
      certificateTypes: codesField('certificate_types', decimalCode),
      supportedSignatureAlgorithms: codesField('signature_algorithms', schemeCode),
      certificateAuthorities: printAuthorities,
      certificateRequestContext: hexField('request_context'),
      extensions: (spot) => printExtensions(spot, CertificateRequest.type),
    },
  ],
  [CertificateVerify, signatureLayout],
  [Finished, { verifyData: hexField('verify_data') }],
]);

const printers: ReadonlyMap<number, BodyPrinter> = new Map<number, BodyPrinter>([
  ...Array.from(layouts, ([kind, layout]) => [kind.type, laidOut(kind, layout)] as const),
  [ServerKeyExchange.type, printServerKeyExchange],
  [ClientKeyExchange.type, printClientKeyExchange],
  [Certificate.type, printCertificate],
  [CompressedCertificate.type, printCompressed],
  [NewSessionTicket.type, printTicket],
  [KeyUpdate.type, printKeyUpdate],
  [ServerHelloDone.type, printNothing],
]);

/** laidOut ignores bytes after the last field. */
function laidOut(kind: Kind<unknown>, layout: Layout): BodyPrinter {
  return (spot) => printFields(spot, kind.wire(spot.context).shape, layout);
}

function printCertificate(spot: BodySpot): void {
  const { context, rawPublicKey } = spot;
  if (isTls13(context)) contextField(spot, { kind: 'opaque', min: 0, max: 255 });
  if (rawPublicKey) printRawPublicKey(spot);
  else printCertificates(spot);
}

const contextField = hexField('context');

/** printCompressed prints the compressed bytes, then their content. */
function printCompressed(spot: BodySpot): void {
  const { page, columns, from, context, naming } = spot;
  const body = from.rest();
  const wire = CompressedCertificate.wire(context);
  const message = decode(wire, body);
  const { algorithm, uncompressedLength: length, compressedCertificateMessage: packed } = message;
  const name = algorithm === 0 ? 'none' : compressionName(algorithm, naming);
  page.line(columns, `Compression type=${name} (0x${algorithm.toString(16).padStart(4, '0')})`);
  page.line(columns, `Uncompressed length=${length}`);
  page.line(columns, `Compressed length=${packed.length}, Ratio=${(length / packed.length).toFixed(6)}:1`);
  page.dump(columns, packed);
  printCertificate({ ...spot, from: new Cursor(unpacked(body, context.version)) });
}

function compressionName(algorithm: number, naming: Naming): string {
  const { shape } = CompressedCertificate.wire({ version: 0 });
  return shape.kind === 'struct' && shape.fields.algorithm
    ? nameIn(shape.fields.algorithm.shape, algorithm, naming)
    : '';
}

function unpacked(body: Uint8Array, version: number): Uint8Array {
  const decoder = { decode: <T>(kind: Kind<T>, bytes: Uint8Array) => decode(kind.wire({ version }), bytes) };
  try {
    return certificateBody(decoder, { type: CompressedCertificate.type, body });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Malformed('cannot be decompressed');
  }
}

function printTicket(spot: BodySpot): void {
  const { page, columns, from, context } = spot;
  if (from.left === 0) {
    page.line(columns + 2, 'No Ticket');
    return;
  }
  printFields(indented(spot, 2), NewSessionTicket.wire(context).shape, ticketLayout);
  from.end();
}

const ticketLayout: Layout = {
  ticketLifetimeHint: decimalField('ticket_lifetime_hint'),
  ticketLifetime: decimalField('ticket_lifetime_hint'),
  ticketAgeAdd: decimalField('ticket_age_add'),
  ticketNonce: hexField('ticket_nonce'),
  ticket: hexField('ticket'),
  // The reference prints these as the client's.
  extensions: (spot) => printExtensions({ ...spot, side: 'client' }, NewSessionTicket.type),
};

function printKeyUpdate(spot: BodySpot): void {
  if (spot.from.left !== 1) {
    unexpected(spot);
    throw new Malformed('one byte is needed');
  }
  printFields(spot, KeyUpdate.wire(spot.context).shape, { requestUpdate: codeField(decimalCode) });
}

function printNothing(spot: Spot): void {
  if (spot.from.left > 0) unexpected(spot);
}

function unexpected({ page, columns, from }: Spot): void {
  page.hex(columns, 'unexpected value', from.rest());
}

function unsupported({ page, columns, from }: Spot): void {
  page.line(columns, 'Unsupported, hex dump follows:');
  page.dump(columns + 2, from.rest());
}
