import { Tag } from '../bytes/der.ts';
import { hex, view } from '../bytes/hex.ts';
import { Malformed } from '../bytes/malformed.ts';
import { hash } from '../crypto/primitives/hash.ts';
import type { SessionInfo } from '../handshake/flow/session-info.ts';
import { group } from '../names/groups.ts';
import { verifyErrorSymbol, verifyErrorText } from '../names/verify-errors.ts';
import { nameFormats } from '../x509/asn1/name-options.ts';
import { printName } from '../x509/asn1/name-text.ts';
import { distinguishedName } from '../x509/asn1/names.ts';
import { Structure } from '../x509/asn1/structure.ts';
import { type CertificateFacts, certificateFacts } from '../x509/certificates/certificate.ts';
import { type GeneralName, generalNames } from '../x509/extensions/general-name.ts';
import { type Text, textOf } from './decoding/value.ts';
import type { Described } from './description.ts';
import type { FactOf } from './fact.ts';
import type { ownCertificate } from './program-facts.ts';

export type OwnCertificate = Described<typeof ownCertificate>;
export type ClientIdentity = NonNullable<FactOf<'established'>['client']>;

/** ownCertificateFact describes a server certificate (DER) for clients; the result is cached by buffer. */
export function ownCertificateFact(der: Uint8Array): OwnCertificate {
  const known = looked.get(der);
  if (known !== undefined) return known;
  const facts = certificateFacts(der);
  const fact = {
    subject: nameText(facts.subject.der),
    names: alternativeNames(facts),
    key: keyText(facts),
    fingerprint: fingerprint(der),
    pin: Buffer.from(hash('sha256', facts.publicKeyInfo)).toString('base64'),
    validFrom: timeText(facts.notBefore),
    validTo: timeText(facts.notAfter),
  };
  looked.set(der, fact);
  return fact;
}

const looked = new WeakMap<Uint8Array, OwnCertificate>();

/** clientIdentity describes the client's certificate or raw public key; null without either. */
export function clientIdentity(info: SessionInfo): ClientIdentity | null {
  const { clientCertificate, clientPublicKey, session } = info;
  const shown = clientCertificate ?? clientPublicKey;
  if (shown === undefined) return null;
  const facts = clientCertificate && unlessMalformed(() => certificateFacts(clientCertificate));
  return {
    subject: facts ? nameText(facts.subject.der) : null,
    names: facts ? alternativeNames(facts) : [],
    fingerprint: fingerprint(shown),
    verified: session.verifyResult === 0,
  };
}

/** nameText formats a distinguished name (DER) on one line, as the reference does. */
export function nameText(name: Uint8Array): Text {
  const text = unlessMalformed(() => printName(distinguishedName(name), nameFormats.oneline));
  return textOf(text === undefined ? name : Buffer.from(text, 'utf8'));
}

/** verifyErrorFact describes an error of a verification; 0 is none. */
export function verifyErrorFact(code: number): FactOf<'verify'>['error'] {
  return { code, name: verifyErrorSymbol(code), text: verifyErrorText(code) };
}

function alternativeNames({ extensions }: CertificateFacts): Text[] {
  const value = extensions.find(({ oid }) => oid === subjectAltName)?.value;
  if (value === undefined) return [];
  const names = unlessMalformed(() => generalNames(new Structure(value).take('names', Tag.sequence).body)) ?? [];
  return names.map(alternativeName).filter((it) => it !== undefined);
}

const subjectAltName = '2.5.29.17';

function alternativeName(name: GeneralName): Text | undefined {
  switch (name.kind) {
    case 'dns':
    case 'email':
    case 'uri':
      return textOf(Buffer.from(name.text, 'latin1'));
    case 'ip':
      return addressText(name.address);
    case 'directory':
      return nameText(name.name.der);
    default:
      return textOf(name.encoding);
  }
}

function addressText(address: Uint8Array): Text {
  if (address.length === 4) return address.join('.');
  if (address.length !== 16) return { hex: hex(address) };
  return Array.from({ length: 8 }, (_, at) =>
    view(address)
      .readUInt16BE(2 * at)
      .toString(16),
  ).join(':');
}

function keyText({ key }: CertificateFacts): string {
  if (key === undefined) return 'unknown';
  const curve = key.group === undefined ? undefined : group(key.group)?.names[0];
  return `${key.keyType} ${curve ?? key.bits}`;
}

function timeText(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}

function fingerprint(der: Uint8Array): string {
  return hex(hash('sha256', der));
}

function unlessMalformed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
