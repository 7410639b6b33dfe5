import { type Element, elementAt, elementsOf, integer, octetString, sequence, Tag, tagged } from '../bytes/der.ts';
import { latin1 } from '../bytes/hex.ts';
import { Malformed } from '../bytes/malformed.ts';
import { pemBlocks, toPem } from '../bytes/pem.ts';
import { isDtls, Version } from '../names/versions.ts';
import type { Session } from './session.ts';

/**
 * Encodes a session in the format in which OpenSSL saves it, byte for byte. It contains the secret. Texts are Latin-1.
 */
export function sessionToDer(session: Session): Uint8Array {
  return sequence(
    integer(structureVersion),
    integer(session.version),
    octetString(Buffer.of(session.cipherSuite >> 8, session.cipherSuite & 0xff)),
    octetString(session.id),
    octetString(session.secret),
    ...unlessZero(Field.time, session.time),
    ...unlessZero(Field.timeout, session.timeout),
    ...(session.peerCertificate ? [tagged(Field.peerCertificate, session.peerCertificate)] : []),
    tagged(Field.idContext, octetString(session.idContext)),
    ...unlessZero(Field.verifyResult, session.verifyResult),
    ...unlessAbsent(Field.serverName, session.serverName),
    ...unlessAbsent(Field.pskIdentityHint, session.pskIdentityHint),
    ...unlessAbsent(Field.pskIdentity, session.pskIdentity),
    ...unlessZero(Field.ticketLifetimeHint, session.ticketLifetimeHint),
    ...unlessAbsent(Field.ticket, session.ticket),
    ...unlessAbsent(Field.compression, session.compression === 0 ? undefined : Buffer.of(session.compression)),
    ...unlessAbsent(Field.srpUsername, session.srpUsername),
    ...unlessZero(Field.flags, session.extendedMasterSecret ? extendedMasterSecretFlag : 0),
    ...unlessZero(Field.ticketAgeAdd, session.ticketAgeAdd),
    ...unlessZero(Field.maxEarlyData, session.maxEarlyData),
    ...unlessAbsent(Field.alpn, session.alpn),
    ...unlessZero(Field.maxFragmentLength, session.maxFragmentLength),
    tagged(Field.group, integer(session.group)),
    ...unlessAbsent(Field.peerPublicKey, session.peerPublicKey),
  );
}

/**
 * Decodes a session; the result holds views on `der`. Data of other applications and unknown flags are ignored.
 * @throws {Malformed} also when bytes are left over.
 */
export function sessionFromDer(der: Uint8Array): Session {
  const whole = single(der);
  if (whole.tag !== Tag.sequence) throw new Malformed('not a sequence', ['session']);
  const [structure, version, cipherSuite, id, secret, ...optional] = elementsOf(whole.body);
  if (number(structure, 'structure') !== structureVersion) throw new Malformed('unknown version', ['structure']);
  const field = fieldsOf(optional);
  const peerCertificate = field.get(Field.peerCertificate);
  return {
    version: protocolVersion(number(version, 'version')),
    cipherSuite: codePoint(octets(cipherSuite, 'cipherSuite', 2)),
    id: octets(id, 'id', 32),
    secret: octets(secret, 'secret', 256),
    idContext: optionalOctets(Field.idContext, 32) ?? new Uint8Array(0),
    time: optionalNumber(Field.time) ?? 0,
    timeout: optionalNumber(Field.timeout) ?? defaultTimeout,
    verifyResult: optionalNumber(Field.verifyResult) ?? 0,
    ticketLifetimeHint: optionalNumber(Field.ticketLifetimeHint) ?? 0,
    ticketAgeAdd: optionalNumber(Field.ticketAgeAdd) ?? 0,
    compression: optionalOctets(Field.compression, 1)?.[0] ?? 0,
    extendedMasterSecret: ((optionalNumber(Field.flags) ?? 0) & extendedMasterSecretFlag) !== 0,
    maxEarlyData: optionalNumber(Field.maxEarlyData) ?? 0,
    maxFragmentLength: optionalNumber(Field.maxFragmentLength) ?? 0,
    group: optionalNumber(Field.group) ?? 0,
    ...(peerCertificate && { peerCertificate: certificate(peerCertificate) }),
    ...present('serverName', optionalText(Field.serverName)),
    ...present('pskIdentityHint', optionalText(Field.pskIdentityHint)),
    ...present('pskIdentity', optionalText(Field.pskIdentity)),
    ...present('srpUsername', optionalText(Field.srpUsername)),
    ...present('ticket', optionalOctets(Field.ticket)),
    ...present('alpn', optionalOctets(Field.alpn)),
    ...present('peerPublicKey', optionalOctets(Field.peerPublicKey)),
  };

  function optionalNumber(tag: number): number | undefined {
    const found = field.get(tag);
    return found && number(single(found), `[${tag}]`);
  }

  function optionalOctets(tag: number, max = Number.POSITIVE_INFINITY): Uint8Array | undefined {
    const found = field.get(tag);
    return found && octets(single(found), `[${tag}]`, max);
  }

  function optionalText(tag: number): string | undefined {
    const found = optionalOctets(tag);
    return found && latin1(found);
  }
}

export function sessionToPem(session: Session): string {
  return toPem(label, sessionToDer(session));
}

/** The first session of a text. @throws {Malformed} also when there is none. */
export function sessionFromPem(text: string): Session {
  const block = pemBlocks(text).find((it) => it.label === label);
  if (block === undefined) throw new Malformed(`no ${label}`);
  return sessionFromDer(block.der);
}

const label = 'SSL SESSION PARAMETERS';
const structureVersion = 1;
const extendedMasterSecretFlag = 1;

/** Seconds, when the structure has no timeout. */
const defaultTimeout = 3;

/** Numbers of the explicit tags, in the ascending order of the encoding. */
const Field = {
  time: 1,
  timeout: 2,
  peerCertificate: 3,
  idContext: 4,
  verifyResult: 5,
  serverName: 6,
  pskIdentityHint: 7,
  pskIdentity: 8,
  ticketLifetimeHint: 9,
  ticket: 10,
  compression: 11,
  srpUsername: 12,
  flags: 13,
  ticketAgeAdd: 14,
  maxEarlyData: 15,
  alpn: 16,
  maxFragmentLength: 17,
  group: 19,
  peerPublicKey: 20,
} as const;

function unlessZero(tag: number, value: number): Uint8Array[] {
  return value === 0 ? [] : [tagged(tag, integer(value))];
}

function unlessAbsent(tag: number, value: Uint8Array | string | undefined): Uint8Array[] {
  if (value === undefined) return [];
  return [tagged(tag, octetString(typeof value === 'string' ? Buffer.from(value, 'latin1') : value))];
}

function present<N extends string, T>(name: N, value: T | undefined): { [K in N]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [K in N]?: T });
}

/** Contents by tag number. `[0]`, which very old versions wrote, is accepted. */
function fieldsOf(elements: readonly Element[]): Map<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>();
  let last = -1;
  for (const { tag, body } of elements) {
    const isField = tag === 0x80 || (tag > 0xa0 && tag <= 0xb4);
    const order = tag & 0x1f;
    if (!isField || order <= last) throw new Malformed(`unexpected tag ${tag}`, ['session']);
    fields.set(order, body);
    last = order;
  }
  return fields;
}

function single(bytes: Uint8Array): Element {
  const element = elementAt(bytes, 0);
  if (element.end !== bytes.length) throw new Malformed(`${bytes.length - element.end} bytes too many`);
  return element;
}

function certificate(bytes: Uint8Array): Uint8Array {
  if (single(bytes).tag !== Tag.sequence) throw new Malformed('not a certificate', ['[3]']);
  return bytes;
}

/** An integer that is not negative and has at most 48 bits. */
function number(element: Element | undefined, path: string): number {
  if (element?.tag !== Tag.integer) throw new Malformed('not an integer', [path]);
  const { body } = element;
  if (body.length === 0 || body.length > 7) throw new Malformed('integer out of range', [path]);
  const value = Number(`0x${Buffer.from(body).toString('hex')}`);
  if ((body[0] ?? 0) >= 0x80 || value >= 2 ** 48) throw new Malformed('integer out of range', [path]);
  return value;
}

function octets(element: Element | undefined, path: string, max: number): Uint8Array {
  if (element?.tag !== Tag.octetString) throw new Malformed('not an octet string', [path]);
  if (element.body.length > max) throw new Malformed(`${element.body.length} bytes where ${max} are allowed`, [path]);
  return element.body;
}

function codePoint(bytes: Uint8Array): number {
  const [high, low] = bytes;
  if (high === undefined || low === undefined) throw new Malformed('2 bytes needed', ['cipherSuite']);
  return high * 0x100 + low;
}

function protocolVersion(code: number): number {
  if (code >> 8 !== Version.SSLv3 >> 8 && !isDtls(code)) throw new Malformed(`unknown version ${code}`, ['version']);
  return code;
}
