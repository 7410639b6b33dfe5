import { createPublicKey, X509Certificate } from 'node:crypto';
import { elementAt } from '../../bytes/der.ts';
import { view } from '../../bytes/hex.ts';
import { isEncrypted, type PemBlock } from '../../bytes/pem.ts';
import type { DhParameters } from '../../crypto/groups/dh.ts';
import { readDhParameters } from '../../crypto/groups/dh-parameters.ts';
import type { PrivateKey } from '../../crypto/signatures.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { certificateFacts, publicKeyFacts } from '../certificates/certificate.ts';
import { type Crl, readCrl } from '../certificates/crl.ts';
import { unusableBlock } from './error-lines.ts';
import { type DerElement, type FileContent, fileContent, isInForm } from './file-content.ts';
import { keyFromBlob } from './key-blob.ts';
import { LoadFailure } from './load-failure.ts';
import { loadPkcs12 } from './load-pkcs12.ts';
import { type Askable, Passphrase } from './passphrase.ts';
import { isPkcs12, type Pkcs12Content } from './pkcs12.ts';
import { type FoundKey, keyFromDer, keyFromPem, publicKeyInfo } from './private-key.ts';
import { openStore } from './store.ts';

export interface LoadRequest {
  /** A path or a `file:` URI. */
  readonly file: string;
  /** Name in the sentences, such as `server certificate`. */
  readonly description: string;
  /** Password of an encrypted key or PKCS #12 file; ignored for chains, lists and parameters. */
  readonly password?: Uint8Array | undefined;
  /** The only form that is taken, DER with PKCS #12; any is when it is left out. */
  readonly form?: FileContent['form'] | undefined;
}

/**
 * loadPrivateKey returns the first private key in a PEM, DER or PKCS #12 file. An encrypted key
 * without a password prompts for one on the terminal.
 * @throws {LoadFailure} with the reference's sentence and lines
 */
export function loadPrivateKey(request: LoadRequest): PrivateKey {
  const content = open(request, 'key');
  const sentence = `Could not read ${named('key', request)} from ${request.file}`;
  if (isPkcs12(content)) {
    const { key, keyLines } = loadPkcs12(content, request.password, sentence);
    if (key) return key;
    throw new LoadFailure(sentence, keyLines);
  }
  const { key, lines } = firstKey(content, new Passphrase(request.file, request.password));
  if (key) return key;
  throw new LoadFailure(sentence, lines);
}

/** firstKey returns the first private key in the bytes of a PEM or DER file. */
export function firstKey(content: Uint8Array, passphrase: Askable): FoundKey {
  const lines: ErrorLine[] = [];
  for (const found of keysIn(content, passphrase)) {
    if (found.key) return found;
    lines.push(...found.lines);
  }
  return { lines };
}

/** keysIn decodes lazily, so that later keys cause no prompt. */
function* keysIn(content: Uint8Array, passphrase: Askable): Generator<FoundKey> {
  const foreign = keyFromBlob(content, passphrase);
  if (foreign) yield foreign;
  const file = fileContent(content);
  if (file.form === 'PEM') {
    for (const block of file.blocks) yield block === 'unreadable' ? { lines: [] } : keyFromPem(block, passphrase);
  } else for (const element of file.elements) yield keyFromDer(element, passphrase);
}

/**
 * loadCertificate returns the DER of the first certificate in a PEM or DER file, or of the key's in a PKCS #12 file.
 * @throws {LoadFailure} with the reference's sentences and lines
 */
export function loadCertificate(request: LoadRequest): Uint8Array {
  const afterwards = `Unable to load ${request.description}`;
  const content = open(request, 'cert', afterwards);
  const sentence = `Could not read ${named('cert', request)} from ${request.file}`;
  // The reference opens a PKCS #12 file with a key twice.
  const { certificates, lines } = isPkcs12(content)
    ? { ...loadPkcs12(content, request.password, sentence, { afterwards, repeats: true }), lines: [] }
    : certificatesIn(content);
  const [first] = certificates;
  if (first) return first;
  throw new LoadFailure(sentence, lines, afterwards);
}

/**
 * loadCertificates returns the DER of all certificates in a PEM, DER or PKCS #12 file, in file order; at least one.
 * @throws {LoadFailure} with the reference's sentence and lines
 */
export function loadCertificates(request: LoadRequest): Uint8Array[] {
  const content = open(request, 'certs');
  const sentence = `Could not read any ${named('cert', request)} from ${request.file}`;
  const { certificates, lines } = isPkcs12(content)
    ? { ...loadPkcs12(content, undefined, sentence), lines: [] }
    : certificatesIn(content);
  if (certificates.length > 0) return [...certificates];
  throw new LoadFailure(sentence, lines);
}

/**
 * loadCrl returns the first revocation list in a PEM or DER file.
 * @throws {LoadFailure} with the reference's sentences and lines
 */
export function loadCrl(request: LoadRequest): Crl {
  const afterwards = `Unable to load ${request.description}`;
  const content = open(request, 'CRL', afterwards);
  const found = contentsOf(content, crlFromPem, crlFromDer);
  const first = found.find((it) => typeof it === 'object');
  if (first) return first;
  throw new LoadFailure(
    `Could not read ${named('CRL', request)} from ${request.file}`,
    found.filter((it) => it === 'unusable').map(unusableBlock),
    afterwards,
  );
}

/**
 * loadPublicKeys returns all public keys of a PEM, DER or PKCS #12 file, or of a key blob, as SubjectPublicKeyInfo,
 * including those of certificates and private keys.
 * @throws {LoadFailure} also for a file without one
 */
export function loadPublicKeys(request: LoadRequest): Uint8Array[] {
  const content = open(request, 'key');
  const sentence = `Could not read ${named('key', request)} from ${request.file}`;
  const keys = isPkcs12(content)
    ? publicKeysOfPkcs12(loadPkcs12(content, request.password, sentence))
    : publicKeysIn(content, new Passphrase(request.file, request.password));
  if (keys.length > 0) return keys;
  throw new LoadFailure(sentence);
}

function publicKeysOfPkcs12({ key, certificates }: Pkcs12Content): Uint8Array[] {
  const ofCertificates = certificates.map((it) => publicKeyIn('CERTIFICATE', it)).filter((it) => it !== undefined);
  return key === undefined ? ofCertificates : [publicKeyInfo(key), ...ofCertificates];
}

function publicKeysIn(content: Uint8Array, passphrase: Askable): Uint8Array[] {
  const foreign = keyFromBlob(content, passphrase);
  if (foreign?.key) return [publicKeyInfo(foreign.key)];
  return contentsOf(
    content,
    (block) => publicKeyIn(block.label, block.der) ?? publicKeyOf(keyFromPem(block, passphrase)),
    (element) =>
      ['PUBLIC KEY', 'CERTIFICATE', pkcs1Label].map((label) => publicKeyIn(label, element.der)).find(Boolean) ??
      publicKeyOf(keyFromDer(element, passphrase)),
  ).filter((it) => it !== undefined);
}

/** RFC 8017 appendix A.1.1 */
const pkcs1Label = 'RSA PUBLIC KEY';

/** publicKeyIn returns undefined for another label or content. */
function publicKeyIn(label: string, der: Uint8Array): Uint8Array | undefined {
  try {
    if (certificateLabels.has(label)) return certificateFacts(firstElement(der)).publicKeyInfo;
    if (label === pkcs1Label)
      return createPublicKey({ key: view(firstElement(der)), type: 'pkcs1', format: 'der' }).export(spki);
    if (label !== 'PUBLIC KEY') return undefined;
    publicKeyFacts(firstElement(der));
    return firstElement(der);
  } catch {
    return undefined;
  }
}

const spki = { type: 'spki', format: 'der' } as const;

function publicKeyOf({ key }: FoundKey): Uint8Array | undefined {
  return key && publicKeyInfo(key);
}

function crlFromPem({ label, der }: PemBlock): Crl | 'unusable' | 'ignored' {
  return label === 'X509 CRL' ? crlFromDer({ der }) : 'ignored';
}

function crlFromDer({ der }: { der: Uint8Array }): Crl | 'unusable' {
  try {
    return readCrl(firstElement(der));
  } catch {
    return 'unusable';
  }
}

/**
 * loadDhParameters returns the first key parameters in a PEM or DER file, which must be PKCS #3.
 * @throws {LoadFailure} with the reference's sentence and lines
 */
export function loadDhParameters(request: LoadRequest): DhParameters {
  const content = open(request, 'params');
  const found = contentsOf(content, parametersFromPem, parametersFromDer);
  const first = found.find((it) => it === 'otherKind' || typeof it === 'object');
  if (typeof first === 'object') return first;
  const { file, description } = request;
  if (first !== undefined)
    throw new LoadFailure(`Unable to load ${description} from ${file} (unexpected parameters type)`);
  const lines = found.filter((it) => it === 'unusable').map(unusableBlock);
  throw new LoadFailure(`Could not read ${named('params', request)} from ${file}`, lines);
}

type FoundParameters = DhParameters | 'otherKind' | 'unusable' | 'ignored';

function parametersFromPem({ label, der }: PemBlock): FoundParameters {
  if (label === 'DH PARAMETERS') return parametersFromDer({ der });
  if (label.endsWith(' PARAMETERS')) return 'otherKind';
  return label.endsWith(' KEY') ? 'unusable' : 'ignored';
}

function parametersFromDer({ der }: { der: Uint8Array }): FoundParameters {
  try {
    return readDhParameters(der);
  } catch {
    return 'unusable';
  }
}

function open(request: LoadRequest, what: string, afterwards?: string): Uint8Array {
  const { file, form } = request;
  const { content, lines } = openStore(file);
  if (content === undefined) {
    throw new LoadFailure(
      `Could not open file or uri for loading ${named(what, request)} from ${file}`,
      lines,
      afterwards,
    );
  }
  if (form === undefined || isInForm(content, form)) return content;
  const faults = form === 'DER' ? [unusableBlock()] : [];
  throw new LoadFailure(`Could not read ${named(what, request)} from ${file}`, faults, afterwards);
}

/** named adds `what` to a description without it. */
function named(what: string, { description }: LoadRequest): string {
  return description.includes(what) ? description : `${what} of ${description}`;
}

function certificatesIn(content: Uint8Array): { certificates: Uint8Array[]; lines: ErrorLine[] } {
  const found = contentsOf(content, certificateFromPem, certificateFromDer);
  const certificates = found.filter((it) => it instanceof Uint8Array);
  const lines = found.filter((it) => it === 'unusable').map(unusableBlock);
  return { certificates, lines };
}

type Found = Uint8Array | 'unusable' | 'ignored';

function certificateFromPem(block: PemBlock): Found {
  const { label, der } = block;
  if (isEncrypted(block)) return 'ignored';
  if (certificateLabels.has(label)) return certificateFromDer({ der });
  return label.endsWith(' KEY') || label.endsWith(' PARAMETERS') ? 'unusable' : 'ignored';
}

const certificateLabels: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);

function certificateFromDer({ der }: { der: Uint8Array }): Found {
  try {
    // A trusted certificate has its settings after the certificate.
    return Uint8Array.from(new X509Certificate(firstElement(der)).raw);
  } catch {
    return 'unusable';
  }
}

/** @throws {Malformed} */
function firstElement(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, elementAt(bytes, 0).end);
}

function contentsOf<Read>(
  content: Uint8Array,
  fromPem: (block: PemBlock) => Read,
  fromDer: (element: DerElement) => Read,
): Read[] {
  const file = fileContent(content);
  if (file.form === 'DER') return file.elements.map(fromDer);
  return file.blocks.flatMap((block) => (block === 'unreadable' ? [] : [fromPem(block)]));
}
