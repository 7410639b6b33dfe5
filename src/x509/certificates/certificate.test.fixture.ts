import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { der, integer, objectIdentifier, octetString, sequence, Tag, tagged } from '../../bytes/der.ts';

/** TestAttribute is one type and value; an array of them in a name is a multi-valued RDN. */
export type TestAttribute = readonly [type: string, value: Uint8Array];

export interface TestCertificate {
  readonly key: KeyObject;
  /** Default: the key itself. */
  readonly issuerKey?: KeyObject;
  readonly subject?: Uint8Array;
  readonly issuer?: Uint8Array;
  /** Contents of the AlgorithmIdentifier; the default is ecdsa-with-SHA256. */
  readonly algorithm?: Uint8Array;
  readonly hash?: string | null;
  readonly notBefore?: Uint8Array;
  readonly notAfter?: Uint8Array;
  readonly extensions?: readonly Uint8Array[];
}

export const utf8 = (text: string) => der(Tag.utf8String, Buffer.from(text));
export const utcTime = (text: string) => der(Tag.utcTime, Buffer.from(text));

export function name(...sets: readonly (TestAttribute | readonly TestAttribute[])[]): Uint8Array {
  const members = sets.map((set) => (typeof set[0] === 'string' ? [set as TestAttribute] : (set as TestAttribute[])));
  return sequence(
    ...members.map((set) => der(Tag.set, ...set.map(([type, value]) => sequence(objectIdentifier(type), value)))),
  );
}

export function extension(oid: string, value: Uint8Array): Uint8Array {
  return sequence(objectIdentifier(oid), octetString(value));
}

/** testCertificate returns the DER of a certificate with serial number 5, valid in 2020 by default. */
export function testCertificate(options: TestCertificate): Uint8Array {
  const { key, issuerKey = key, extensions = [], hash = 'sha256' } = options;
  const algorithm = sequence(options.algorithm ?? objectIdentifier('1.2.840.10045.4.3.2'));
  const subject = options.subject ?? name(['2.5.4.3', utf8('test')]);
  const tbs = sequence(
    tagged(0, integer(2)),
    integer(5),
    algorithm,
    options.issuer ?? subject,
    sequence(options.notBefore ?? utcTime('200101000000Z'), options.notAfter ?? utcTime('201231235959Z')),
    subject,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [tagged(3, sequence(...extensions))] : []),
  );
  return sequence(tbs, algorithm, der(Tag.bitString, Buffer.of(0), sign(hash, tbs, issuerKey)));
}
