import { Cursor } from '../../bytes/cursor.ts';
import { escaped } from '../../bytes/escaped.ts';
import { view } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { lengthSize, type Shape } from '../../bytes/wire.ts';
import { NamedGroup } from '../../messages/code-points.ts';
import { alpn } from '../../messages/extensions/alpn.ts';
import { clientCertificateType } from '../../messages/extensions/client-certificate-type.ts';
import { compressCertificate } from '../../messages/extensions/compress-certificate.ts';
import { earlyData } from '../../messages/extensions/early-data.ts';
import { ecPointFormats } from '../../messages/extensions/ec-point-formats.ts';
import { type ExtensionKind, ExtensionType } from '../../messages/extensions/extension.ts';
import { keyShare } from '../../messages/extensions/key-share.ts';
import { maxFragmentLength } from '../../messages/extensions/max-fragment-length.ts';
import { pskKeyExchangeModes } from '../../messages/extensions/psk-key-exchange-modes.ts';
import { renegotiationInfo } from '../../messages/extensions/renegotiation-info.ts';
import { serverCertificateType } from '../../messages/extensions/server-certificate-type.ts';
import { sessionTicket } from '../../messages/extensions/session-ticket.ts';
import { signatureAlgorithms } from '../../messages/extensions/signature-algorithms.ts';
import { supportedGroups } from '../../messages/extensions/supported-groups.ts';
import { supportedVersions } from '../../messages/extensions/supported-versions.ts';
import { NewSessionTicket } from '../../messages/new-session-ticket.ts';
import {
  codeField,
  decimalCode,
  decimalField,
  indented,
  nameIn,
  printCodes,
  type Spot,
  schemeCode,
} from './trace-fields.ts';

/**
 * printExtensions prints an optional block of extensions. `messageType`: the type of its message.
 * @throws {Malformed}
 */
export function printExtensions(spot: Spot, messageType: number): void {
  const { page, columns, from } = spot;
  // If the length is truncated, the next output follows these blanks, as in the reference.
  page.add(' '.repeat(columns));
  const length = from.left === 0 ? 0 : from.uint(2);
  if (length === 0) {
    page.add('No extensions\n');
    return;
  }
  const block = from.take(length);
  page.add(`extensions, length = ${length}\n`);
  const inner = new Cursor(block);
  while (inner.left > 0) printExtension({ ...indented(spot, 2), from: inner }, block, messageType);
}

function printExtension(spot: Spot, block: Uint8Array, messageType: number): void {
  const { page, columns, from, naming } = spot;
  const start = from.position;
  if (from.left < 4) throw new Malformed('half an extension at the end');
  const type = from.uint(2);
  const length = from.uint(2);
  if (length > from.left) {
    page.add(`extensions, extype = ${type}, extlen = ${length}\n`);
    page.dump(columns, block.subarray(start));
    throw new Malformed(`${length} bytes needed, ${from.left} left`);
  }
  page.line(columns, `extension_type=${nameIn(ExtensionType.shape, type, naming)}(${type}), length=${length}`);
  const print = printers.get(type) ?? dumped;
  print({ ...spot, from: from.within(length) }, messageType);
}

type ExtensionPrinter = (spot: Spot, messageType: number) => void;

const printers: ReadonlyMap<number, ExtensionPrinter> = new Map<number, ExtensionPrinter>([
  ...[maxFragmentLength, supportedGroups, ecPointFormats, clientCertificateType, serverCertificateType].map(listing),
  ...[compressCertificate, pskKeyExchangeModes].map(listing),
  [
    signatureAlgorithms.code,
    (spot) => printList(indented(spot, 2), signatureAlgorithms.in.clientHello.shape, schemeCode),
  ],
  [alpn.code, printProtocols],
  [sessionTicket.code, printTicket],
  [earlyData.code, printEarlyData],
  [supportedVersions.code, printVersions],
  [keyShare.code, printShares],
  [renegotiationInfo.code, printVerifyData],
]);

/** dumped prints undecoded bytes. */
function dumped({ page, columns, from }: Spot): void {
  page.dump(columns + 2, from.rest());
}

/** listing is the printer of an extension that is a list of numbers, or from the server a single one. */
function listing(kind: ExtensionKind): readonly [number, ExtensionPrinter] {
  const print = (spot: Spot) => {
    const own = spot.side === 'server' ? (kind.in.encryptedExtensions ?? kind.in.serverHello) : undefined;
    const shape = (own ?? kind.in.clientHello)?.shape;
    if (shape !== undefined) printList(indented(spot, 2), shape, decimalCode);
  };
  return [kind.code, print];
}

/** printList checks before it prints anything that the list fills the extension. */
function printList(spot: Spot, shape: Shape, line: (code: number, name: string) => string): void {
  const { from } = spot;
  if (shape.kind === 'vector') {
    const codes = from.take(from.uint(lengthSize(shape.max)));
    from.end();
    printCodes(spot, codes, shape.item.shape, line);
  } else {
    if (from.left === 0) throw new Malformed('a number is needed');
    printCodes(spot, from.rest(), shape, line);
  }
}

/** printProtocols prints the client's text as the reference does, with its control characters unless it is for people. */
function printProtocols({ page, columns, from, naming }: Spot): void {
  const names = from.within(from.uint(2));
  from.end();
  while (names.left > 0) {
    const name = view(names.take(names.uint(1))).toString('utf8');
    page.line(columns + 2, naming === 'all' ? escaped(name) : name);
  }
}

function printTicket({ page, columns, from }: Spot): void {
  if (from.left > 0) page.hex(columns + 4, 'ticket', from.rest());
}

function printEarlyData(spot: Spot, messageType: number): void {
  if (messageType !== NewSessionTicket.type) return;
  decimalField('max_early_data')(indented(spot, 2), earlyData.in.newSessionTicket.shape);
  spot.from.end();
}

function printVersions(spot: Spot): void {
  if (spot.side === 'client') {
    printList(indented(spot, 2), supportedVersions.in.clientHello.shape, decimalCode);
    return;
  }
  if (spot.from.left !== 2) throw new Malformed('one version is needed');
  codeField(decimalCode)(indented(spot, 4), supportedVersions.in.serverHello.shape);
}

/** printShares prints a list from the client; from the server one share, or in a HelloRetryRequest a group. */
function printShares({ page, columns, from, side, naming }: Spot): void {
  const groupLine = (code: number) =>
    page.line(columns + 4, `NamedGroup: ${decimalCode(code, nameIn(NamedGroup.shape, code, naming))}`);
  if (side === 'server' && from.left === 2) {
    groupLine(from.uint(2));
    return;
  }
  const shares = side === 'server' ? from : from.within(from.uint(2));
  if (side === 'client') from.end();
  while (shares.left > 0) {
    const group = shares.uint(2);
    const key = shares.take(shares.uint(2));
    groupLine(group);
    page.hex(columns + 4, 'key_exchange: ', key);
  }
}

/** printVerifyData prints, in a renegotiation, the client's value, or from the server both. */
function printVerifyData({ page, columns, from, side }: Spot): void {
  const verifyData = from.take(from.uint(1));
  from.end();
  if (verifyData.length === 0) {
    page.line(columns + 4, '<EMPTY>');
    return;
  }
  if (side === 'client') {
    page.hex(columns + 4, 'client_verify_data', verifyData);
    return;
  }
  if (verifyData.length % 2 !== 0) throw new Malformed('two of one length are needed');
  const half = verifyData.length / 2;
  page.hex(columns + 4, 'client_verify_data', verifyData.subarray(0, half));
  page.hex(columns + 4, 'server_verify_data', verifyData.subarray(half));
}
