import { X509Certificate } from 'node:crypto';
import { type Element, elementAt } from '../bytes/der.ts';
import { latin1 } from '../bytes/hex.ts';
import { type PemBlock, pemBlocks } from '../bytes/pem.ts';
import type { DhParameters } from '../crypto/groups/dh.ts';
import { readDhParameters } from '../crypto/groups/dh-parameters.ts';
import type { PrivateKey } from '../crypto/signatures.ts';
import type { ErrorLine } from '../names/problems.ts';
import { publicKeyFacts } from './certificate.ts';
import { type Crl, readCrl } from './crl.ts';
import { unusableBlock } from './error-lines.ts';
import { LoadFailure } from './load-failure.ts';
import { loadPkcs12 } from './load-pkcs12.ts';
import { Passphrase } from './passphrase.ts';
import { isPkcs12 } from './pkcs12.ts';
import { keyFromDer, keyFromPem } from './private-key.ts';
import { openStore } from './store.ts';

export interface LoadRequest {
  /** A path or a `file:` URI. */
  readonly file: string;
  /** What the sentences call it, such as `server certificate`. */
  readonly description: string;
  /** Of an encrypted key or of a PKCS #12 file. Chains, lists and parameters are loaded without. */
  readonly password?: Uint8Array | undefined;
}

/**
 * The first private key in a PEM, DER or PKCS #12 file; the form is found by looking. An encrypted key without a password asks
 * for one on the terminal.
 * @throws {LoadFailure} with the reference's sentence and lines
 */
export function loadPrivateKey(request: LoadRequest): PrivateKey {
  const content = open(request, 'key');
  const sentence = `Could not read ${named('key', request)} from ${request.file}`;
  if (isPkcs12(content)) {
    const { key } = loadPkcs12(content, request.password, sentence);
    if (key) return key;
    throw new LoadFailure(sentence);
  }
  const passphrase = new Passphrase(request.file, request.password);
  const blocks = pemBlocks(latin1(content));
  const lines: ErrorLine[] = [];
  for (const attempt of blocks.length > 0
    ? blocks.map((block) => () => keyFromPem(block, passphrase))
    : derElements(content).map((element) => () => keyFromDer(element, passphrase))) {
    const found = attempt();
    if (found.key) return found.key;
    lines.push(...found.lines);
  }
  throw new LoadFailure(sentence, lines);
}

/**
 * DER of the first certificate in a PEM or DER file, of the key's certificate in a PKCS #12 file.
 * @throws {LoadFailure} with the reference's sentences and lines
 */
export function loadCertificate(request: LoadRequest): Uint8Array {
  const afterwards = `Unable to load ${request.description}`;
  const content = open(request, 'cert', afterwards);
  const sentence = `Could not read ${named('cert', request)} from ${request.file}`;
  // The reference opens a file twice that has a key in front of the certificate.
  const { certificates, lines } = isPkcs12(content)
    ? { ...loadPkcs12(content, request.password, sentence, { afterwards, repeats: true }), lines: [] }
    : certificatesIn(content);
  const [first] = certificates;
  if (first) return first;
  throw new LoadFailure(sentence, lines, afterwards);
}

/**
 * DER of all certificates in a PEM, DER or PKCS #12 file, in its order; at least one.
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
 * The first revocation list in a PEM or DER file.
 * @throws {LoadFailure} with the reference's sentences and lines
 */
export function loadCrl(request: LoadRequest): Crl {
  const afterwards = `Unable to load ${request.description}`;
  const content = open(request, 'CRL', afterwards);
  const blocks = pemBlocks(latin1(content));
  const lists = blocks.length > 0 ? blocks.filter(({ label }) => label === 'X509 CRL') : derElements(content);
  const found = lists.map(crlFromDer);
  const first = found.find((it) => it !== 'unusable');
  if (first) return first;
  throw new LoadFailure(
    `Could not read ${named('CRL', request)} from ${request.file}`,
    found.map(unusableBlock),
    afterwards,
  );
}

/**
 * All SubjectPublicKeyInfo of a PEM file.
 * @throws {LoadFailure} also when there is none
 */
export function loadPublicKeys(request: LoadRequest): Uint8Array[] {
  const blocks = pemBlocks(latin1(open(request, 'key')));
  const keys = blocks.filter(({ label }) => label === 'PUBLIC KEY').map(({ der }) => der);
  if (keys.length > 0 && keys.every(isPublicKey)) return keys;
  throw new LoadFailure(`Could not read ${named('key', request)} from ${request.file}`);
}

function isPublicKey(der: Uint8Array): boolean {
  try {
    publicKeyFacts(der);
    return true;
  } catch {
    return false;
  }
}

function crlFromDer({ der }: { der: Uint8Array }): Crl | 'unusable' {
  try {
    return readCrl(der);
  } catch {
    return 'unusable';
  }
}

/**
 * The first key parameters in a PEM or DER file, which have to be those of PKCS #3.
 * @throws {LoadFailure} with the reference's sentence and lines
 */
export function loadDhParameters(request: LoadRequest): DhParameters {
  const content = open(request, 'params');
  const blocks = pemBlocks(latin1(content));
  const found = blocks.length > 0 ? blocks.map(parametersFromPem) : derElements(content).map(parametersFromDer);
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
  const { content, lines } = openStore(request.file);
  if (content) return content;
  const sentence = `Could not open file or uri for loading ${named(what, request)} from ${request.file}`;
  throw new LoadFailure(sentence, lines, afterwards);
}

/** The description says what it is about, or is told. */
function named(what: string, { description }: LoadRequest): string {
  return description.includes(what) ? description : `${what} of ${description}`;
}

function certificatesIn(content: Uint8Array): { certificates: Uint8Array[]; lines: ErrorLine[] } {
  const blocks = pemBlocks(latin1(content));
  const found = blocks.length > 0 ? blocks.map(certificateFromPem) : derElements(content).map(certificateFromDer);
  const certificates = found.filter((it) => it instanceof Uint8Array);
  const lines = found.filter((it) => it === 'unusable').map(unusableBlock);
  return { certificates, lines };
}

type Found = Uint8Array | 'unusable' | 'ignored';

function certificateFromPem({ label, der }: PemBlock): Found {
  if (certificateLabels.has(label)) return certificateFromDer({ der });
  return label.endsWith(' KEY') || label.endsWith(' PARAMETERS') ? 'unusable' : 'ignored';
}

const certificateLabels: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);

function certificateFromDer({ der }: { der: Uint8Array }): Found {
  try {
    // A trusted certificate has a second structure behind the first.
    const { end } = elementAt(der, 0);
    return Uint8Array.from(new X509Certificate(der.subarray(0, end)).raw);
  } catch {
    return 'unusable';
  }
}

/** The complete elements that a binary file begins with. */
function derElements(content: Uint8Array): { tag: number; der: Uint8Array }[] {
  const elements: { tag: number; der: Uint8Array }[] = [];
  for (let at = 0; at < content.length; ) {
    let element: Element;
    try {
      element = elementAt(content, at);
    } catch {
      break;
    }
    elements.push({ tag: element.tag, der: content.subarray(at, element.end) });
    at = element.end;
  }
  return elements;
}
