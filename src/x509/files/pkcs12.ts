import { withDefiniteLengths } from '../../bytes/ber.ts';
import { Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { constantTimeEqual } from '../../crypto/primitives/hash.ts';
import type { PrivateKey } from '../../crypto/signatures.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { dotted } from '../asn1/object-identifier.ts';
import { type Field, Structure } from '../asn1/structure.ts';
import { checkKeyMatches } from './credential.ts';
import { LoadFailure } from './load-failure.ts';
import { hasHash, hashes, hashLengthOf, hmacHashes, hmacOf } from './password-algorithms.ts';
import { decryptWithPassword, derivedKey, takeCount } from './password-encryption.ts';
import { pkcs12Key } from './pkcs12-key.ts';
import { type FoundKey, keyFromPkcs8 } from './private-key.ts';

/** Pkcs12Content is the content of a PKCS #12 file in OpenSSL's order. */
export interface Pkcs12Content {
  /** The first key. */
  readonly key: PrivateKey | undefined;
  /** About a key that cannot be read. */
  readonly keyLines: readonly ErrorLine[];
  /** DER: the key's certificate first, then the others in file order. */
  readonly certificates: readonly Uint8Array[];
}

/** Pkcs12Fault is the reason for failing to open; `algorithm` is a name or an object identifier. */
export type Pkcs12Fault =
  | { readonly fault: 'wrongPassword' | 'badDecrypt' | 'malformed' }
  | { readonly fault: 'unsupported'; readonly algorithm: string };

/** isPkcs12 reports if the bytes are a PKCS #12 file (RFC 7292 section 4) with a password MAC or none. */
export function isPkcs12(bytes: Uint8Array): boolean {
  try {
    partsOf(bytes);
    return true;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return false;
  }
}

/**
 * openPkcs12 opens a PKCS #12 file. `password` is UTF-8; without it, or if it is wrong, only a file opens that is
 * protected by an empty password, or by none at all.
 */
export function openPkcs12(bytes: Uint8Array, password?: Uint8Array): Pkcs12Content | Pkcs12Fault {
  try {
    const { safe, mac } = partsOf(bytes);
    const candidates = [...(password === undefined ? [] : [password]), undefined, new Uint8Array(0)];
    // The file sets the cost of each attempt: the most likely comes first.
    const found = candidates.findIndex((it) => mac === undefined || isAuthentic(safe, mac, it));
    if (found < 0) return { fault: 'wrongPassword' };
    return sorted(new SafeContents(candidates[found]), safe);
  } catch (error) {
    if (error instanceof Undecrypted) return error.reason;
    if (error instanceof Malformed) return { fault: 'malformed' };
    throw error;
  }
}

const pkcs7Data = '1.2.840.113549.1.7.1';
const pkcs7EncryptedData = '1.2.840.113549.1.7.6';
/** `[0]`: EXPLICIT, and IMPLICIT of a string. */
const explicit = 0xa0;
const implicitString = 0x80;
/** `[0]` of an IMPLICIT string in segments. */
const implicitPieces = 0xa0;

/** structureOf accepts indefinite lengths, which some programs write at each layer. @throws {Malformed} */
const structureOf = (bytes: Uint8Array): Structure => new Structure(withDefiniteLengths(bytes));

/** @throws {Malformed} */
function partsOf(bytes: Uint8Array): { safe: Uint8Array; mac: Uint8Array | undefined } {
  const pfx = structureOf(bytes).sequence('pfx');
  const { body: version } = pfx.take('version', Tag.integer);
  if (version.length !== 1 || version[0] !== 3) throw new Malformed('another version', ['pfx']);
  const safe = dataOf(pfx.sequence('authSafe'));
  return { safe, mac: pfx.takeIf('macData', Tag.sequence)?.body };
}

/** @throws {Malformed} */
function dataOf(contentInfo: Structure): Uint8Array {
  const type = dotted(contentInfo.take('contentType', Tag.objectIdentifier).body);
  if (type !== pkcs7Data) throw new Malformed(`content type ${type}`, ['authSafe']);
  return new Structure(contentInfo.take('content', explicit).body).take('data', Tag.octetString).body;
}

/** isAuthentic verifies the MAC (RFC 7292 section 4; PBMAC1 in RFC 9579). @throws {Malformed | Undecrypted} */
function isAuthentic(safe: Uint8Array, mac: Uint8Array, password: Uint8Array | undefined): boolean {
  const fields = new Structure(mac);
  const digestInfo = fields.sequence('mac');
  const algorithm = digestInfo.sequence('digestAlgorithm');
  const expected = digestInfo.take('digest', Tag.octetString).body;
  const salt = fields.take('macSalt', Tag.octetString).body;
  const iterations = fields.isEmpty ? 1 : takeCount(fields, 'iterations');
  const oid = dotted(algorithm.take('algorithm', Tag.objectIdentifier).body);
  if (oid === pbmac1) return isAuthenticByPbmac1(safe, expected, algorithm.sequence('parameters'), password);
  const hash = hashes.get(oid);
  if (hash === undefined || !hasHash(hash.name)) throw new Undecrypted({ fault: 'unsupported', algorithm: oid });
  const key = pkcs12Key({ hash, purpose: 'mac', password, salt, iterations, length: hashLengthOf(hash.name) });
  return constantTimeEqual(hmacOf(hash.name, key, safe), expected);
}

const pbmac1 = '1.2.840.113549.1.5.14';

function isAuthenticByPbmac1(
  safe: Uint8Array,
  expected: Uint8Array,
  parameters: Structure,
  password: Uint8Array = new Uint8Array(0),
): boolean {
  const kdf = parameters.sequence('keyDerivationFunc');
  const scheme = parameters.sequence('messageAuthScheme');
  const oid = dotted(scheme.take('algorithm', Tag.objectIdentifier).body);
  const hash = hmacHashes.get(oid);
  if (hash === undefined || !hasHash(hash)) throw new Undecrypted({ fault: 'unsupported', algorithm: oid });
  const key = derivedKey(kdf, password, hashLengthOf(hash));
  if (!(key instanceof Uint8Array)) throw new Undecrypted({ fault: 'unsupported', algorithm: key.oid });
  return constantTimeEqual(hmacOf(hash, key, safe), expected);
}

function sorted(contents: SafeContents, safe: Uint8Array): Pkcs12Content {
  const infos = structureOf(safe).sequence('authenticatedSafe');
  while (!infos.isEmpty) contents.readInfo(infos.sequence('contentInfo'));
  const { certificates } = contents;
  const { key, lines: keyLines = [] } = contents.found ?? {};
  const own = key && certificates.find((it) => isOf(key, it));
  return { key, keyLines, certificates: own ? [own, ...certificates.filter((it) => it !== own)] : certificates };
}

function isOf(key: PrivateKey, certificate: Uint8Array): boolean {
  try {
    checkKeyMatches(key, certificate);
    return true;
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    return false;
  }
}

/** SafeContents collects key and certificates from the bags of a file. @throws {Malformed | Undecrypted} */
class SafeContents {
  found: FoundKey | undefined;
  readonly certificates: Uint8Array[] = [];
  private readonly password: Uint8Array | undefined;

  constructor(password: Uint8Array | undefined) {
    this.password = password;
  }

  readInfo(info: Structure): void {
    const type = dotted(info.take('contentType', Tag.objectIdentifier).body);
    const content = new Structure(info.take('content', explicit).body);
    if (type === pkcs7Data) this.readBags(content.take('data', Tag.octetString).body);
    else if (type === pkcs7EncryptedData) this.readEncrypted(content.sequence('encryptedData'));
  }

  private readEncrypted(data: Structure): void {
    data.take('version', Tag.integer);
    const info = data.sequence('encryptedContentInfo');
    info.take('contentType', Tag.objectIdentifier);
    const algorithm = info.sequence('contentEncryptionAlgorithm');
    this.readBags(this.decrypted(algorithm, stringOf(info.take('encryptedContent', implicitString, implicitPieces))));
  }

  private readBags(contents: Uint8Array, depth = 0): void {
    if (depth > mostNested) throw new Malformed('bags in bags', ['safeContents']);
    const bags = structureOf(contents).sequence('safeContents');
    while (!bags.isEmpty) {
      const bag = bags.sequence('safeBag');
      const type = dotted(bag.take('bagId', Tag.objectIdentifier).body);
      const { body: value } = bag.take('bagValue', explicit);
      if (type === bagTypes.nested) this.readBags(value, depth + 1);
      else if (type === bagTypes.certificate) this.addCertificate(new Structure(value).sequence('certBag'));
      else if (this.found?.key !== undefined) continue;
      else if (type === bagTypes.key) this.found = keyFromPkcs8(value);
      else if (type === bagTypes.shroudedKey) this.addShroudedKey(new Structure(value).sequence('encryptedKey'));
    }
  }

  private addCertificate(bag: Structure): void {
    if (dotted(bag.take('certId', Tag.objectIdentifier).body) !== x509Certificate) return;
    const value = new Structure(bag.take('certValue', explicit).body);
    this.certificates.push(Uint8Array.from(value.take('certificate', Tag.octetString).body));
  }

  private addShroudedKey(info: Structure): void {
    const algorithm = info.sequence('encryptionAlgorithm');
    this.found = keyFromPkcs8(this.decrypted(algorithm, info.take('encryptedData', Tag.octetString).body));
  }

  private decrypted(algorithm: Structure, encrypted: Uint8Array): Uint8Array {
    const outcome = decryptWithPassword(algorithm, encrypted, this.password);
    if ('bytes' in outcome) return outcome.bytes;
    throw new Undecrypted(outcome.fault === 'unsupported' ? outcome : { fault: 'badDecrypt' });
  }
}

/** @throws {Malformed} */
function stringOf({ tag, body }: Field): Uint8Array {
  if (tag === implicitString) return body;
  const pieces = new Structure(body);
  const found: Uint8Array[] = [];
  while (!pieces.isEmpty) found.push(pieces.take('piece', Tag.octetString).body);
  return Buffer.concat(found);
}

const mostNested = 10;
const x509Certificate = '1.2.840.113549.1.9.22.1';
const bagTypes = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  nested: '1.2.840.113549.1.12.10.1.6',
};

class Undecrypted extends Error {
  override readonly name = 'Undecrypted';
  readonly reason: Pkcs12Fault;

  constructor(reason: Pkcs12Fault) {
    super(reason.fault);
    this.reason = reason;
  }
}
