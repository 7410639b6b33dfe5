import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  der,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  Tag,
  tagged,
  unsignedInteger,
} from '../src/bytes/der.ts';
import { toPem } from '../src/bytes/pem.ts';
import type { Cleanup } from './program.ts';

export const certificateTypes = ['RSA', 'RSA-PSS', 'P-256', 'P-384', 'P-521', 'Ed25519', 'Ed448'] as const;
export type CertificateType = (typeof certificateTypes)[number];

export interface CertificateFiles {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
  /** The options for these files. */
  readonly words: readonly string[];
}

/** folder makes a folder that is removed at the end of the test. */
export function folder(test: Cleanup): string {
  const path = mkdtempSync(join(tmpdir(), 'serverhello-'));
  test.after(async () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** certificateFiles makes a key and a self-signed certificate for localhost, as files. */
export function certificateFiles(test: Cleanup, type: CertificateType | 'DSA'): CertificateFiles {
  const path = folder(test);
  const { key, certificate } = selfSigned(type);
  const files = { certificate: join(path, 'certificate.pem'), key: join(path, 'key.pem') };
  writeFileSync(files.certificate, toPem('CERTIFICATE', certificate));
  writeFileSync(files.key, key.export({ type: 'pkcs8', format: 'pem' }));
  return { ...files, words: ['-cert', files.certificate, '-key', files.key] };
}

/** selfSigned follows RFC 5280. Valid for a hundred years, so that no clock matters. */
function selfSigned(type: CertificateType | 'DSA'): { key: KeyObject; certificate: Uint8Array } {
  const { privateKey, publicKey } = keyPair(type);
  const { algorithm, digest } = signing(type);
  const name = sequence(
    der(Tag.set, sequence(objectIdentifier('2.5.4.3'), der(Tag.utf8String, Buffer.from('localhost')))),
  );
  const tbsCertificate = sequence(
    tagged(0, integer(2)),
    unsignedInteger(Buffer.concat([Buffer.of(0x40), randomBytes(15)])),
    algorithm,
    name,
    sequence(generalizedTime('20200101000000Z'), generalizedTime('21200101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(alternativeNames())),
  );
  const padding = type === 'RSA-PSS' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } : {};
  const signature = sign(digest, tbsCertificate, { key: privateKey, ...padding });
  const certificate = sequence(tbsCertificate, algorithm, der(Tag.bitString, Buffer.of(0), signature));
  return { key: privateKey, certificate };
}

function keyPair(type: CertificateType | 'DSA'): { privateKey: KeyObject; publicKey: KeyObject } {
  switch (type) {
    case 'RSA':
    case 'RSA-PSS':
    case 'DSA':
      return kept(type);
    case 'Ed25519':
      return generateKeyPairSync('ed25519');
    case 'Ed448':
      return generateKeyPairSync('ed448');
    default:
      return generateKeyPairSync('ec', { namedCurve: type });
  }
}

type KeptType = 'RSA' | 'RSA-PSS' | 'DSA';

/** kept reads keys that take 0.2 s each to make from a file, in turn, so that a test's second key is another one. */
function kept(type: KeptType): { privateKey: KeyObject; publicKey: KeyObject } {
  keptKeys[type] ??= readKeys(type);
  const left = keptKeys[type];
  const privateKey = left.shift();
  if (privateKey === undefined) throw new Error(`there are no keys of type ${type}`);
  left.push(privateKey);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

const keptKeys: Partial<Record<KeptType, KeyObject[]>> = {};

function readKeys(type: KeptType): KeyObject[] {
  const text = readFileSync(new URL(`../../test/vectors/keys/${type}.pem`, import.meta.url), 'utf8');
  return text.split(/(?<=-----END PRIVATE KEY-----\n)/).map((pem) => createPrivateKey(pem));
}

/** signing returns the signature algorithm of the key's certificate; EdDSA has a built-in digest. */
function signing(type: CertificateType | 'DSA'): { algorithm: Uint8Array; digest: string | null } {
  switch (type) {
    case 'RSA':
      return { algorithm: sequence(objectIdentifier('1.2.840.113549.1.1.11'), nothing), digest: 'sha256' };
    case 'RSA-PSS':
      return { algorithm: sequence(objectIdentifier('1.2.840.113549.1.1.10'), pssParameters()), digest: 'sha256' };
    case 'DSA':
      return { algorithm: sequence(objectIdentifier('2.16.840.1.101.3.4.3.2')), digest: 'sha256' };
    case 'P-256':
      return { algorithm: sequence(objectIdentifier('1.2.840.10045.4.3.2')), digest: 'sha256' };
    case 'P-384':
      return { algorithm: sequence(objectIdentifier('1.2.840.10045.4.3.3')), digest: 'sha384' };
    case 'P-521':
      return { algorithm: sequence(objectIdentifier('1.2.840.10045.4.3.4')), digest: 'sha512' };
    case 'Ed25519':
      return { algorithm: sequence(objectIdentifier('1.3.101.112')), digest: null };
    case 'Ed448':
      return { algorithm: sequence(objectIdentifier('1.3.101.113')), digest: null };
  }
}

const saltLength = 32;
const nothing = der(0x05);

/** RFC 4055 section 3.1. */
function pssParameters(): Uint8Array {
  const sha256 = sequence(objectIdentifier('2.16.840.1.101.3.4.2.1'), nothing);
  const mgf1 = sequence(objectIdentifier('1.2.840.113549.1.1.8'), sha256);
  return sequence(tagged(0, sha256), tagged(1, mgf1), tagged(2, integer(saltLength)));
}

function generalizedTime(text: string): Uint8Array {
  return der(0x18, Buffer.from(text));
}

function alternativeNames(): Uint8Array {
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.of(127, 0, 0, 1)));
  return sequence(objectIdentifier('2.5.29.17'), octetString(names));
}
