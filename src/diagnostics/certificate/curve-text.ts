import { Tag } from '../../bytes/der.ts';
import { objectNames } from '../../names/object-names.ts';
import { dotted } from '../../x509/asn1/object-identifier.ts';
import { type Field, Structure } from '../../x509/asn1/structure.ts';
import { hexLines } from './hex-lines.ts';
import { numberLines } from './number-lines.ts';

/** curveText prints the curve of a key: its name, or its parameters (RFC 3279 section 2.3.5). @throws {Malformed} */
export function curveText({ tag, body }: Field): string {
  if (tag !== Tag.objectIdentifier) return explicitText(new Structure(body));
  const name = objectNames(dotted(body))?.short ?? dotted(body);
  const nist = nistNames.get(name);
  return `ASN1 OID: ${name}\n${nist === undefined ? '' : `NIST CURVE: ${nist}\n`}`;
}

const nistNames: ReadonlyMap<string, string> = new Map([
  ['sect163k1', 'K-163'],
  ['sect233k1', 'K-233'],
  ['sect283k1', 'K-283'],
  ['sect409k1', 'K-409'],
  ['sect571k1', 'K-571'],
  ['sect163r2', 'B-163'],
  ['sect233r1', 'B-233'],
  ['sect283r1', 'B-283'],
  ['sect409r1', 'B-409'],
  ['sect571r1', 'B-571'],
  ['prime192v1', 'P-192'],
  ['secp224r1', 'P-224'],
  ['prime256v1', 'P-256'],
  ['secp384r1', 'P-384'],
  ['secp521r1', 'P-521'],
]);

const primeField = '1.2.840.10045.1.1';

function explicitText(parameters: Structure): string {
  parameters.take('version', Tag.integer);
  const field = parameters.sequence('field');
  const isPrime = dotted(field.take('fieldType', Tag.objectIdentifier).body) === primeField;
  const fieldLines = isPrime
    ? `Field Type: prime-field\n${numberLines('Prime:', field.take('prime', Tag.integer).body)}`
    : binaryFieldText(field.sequence('characteristic-two'));
  const curve = parameters.sequence('curve');
  const a = curve.take('a', Tag.octetString).body;
  const b = curve.take('b', Tag.octetString).body;
  const seed = curve.takeIf('seed', Tag.bitString)?.body.subarray(1);
  const base = parameters.take('base', Tag.octetString).body;
  const order = parameters.take('order', Tag.integer).body;
  const cofactor = parameters.takeIf('cofactor', Tag.integer)?.body;
  return [
    fieldLines,
    numberLines('A:   ', unsigned(a)),
    numberLines('B:   ', unsigned(b)),
    `Generator (${pointForm(base)}):\n${hexLines(base, 4, 15)}\n`,
    numberLines('Order: ', order),
    cofactor === undefined ? '' : numberLines('Cofactor: ', cofactor),
    seed === undefined ? '' : `Seed:\n${hexLines(seed, 4, 15)}\n`,
  ].join('');
}

function pointForm([first = 4]: Uint8Array): string {
  if (first === 4) return 'uncompressed';
  return first < 4 ? 'compressed' : 'hybrid';
}

/** unsigned returns a field element as the contents of an INTEGER. */
function unsigned(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? Uint8Array.of(0) : bytes.subarray(start);
  return (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Uint8Array.of(0), digits]) : digits;
}

const trinomial = '1.2.840.10045.1.2.3.2';

/** binaryFieldText prints the reduction polynomial as a number: one bit a term. */
function binaryFieldText(field: Structure): string {
  const size = numberOf(field.take('m', Tag.integer).body);
  const basis = dotted(field.take('basis', Tag.objectIdentifier).body);
  const terms = basis === trinomial ? [field] : [field.sequence('pentanomial')];
  const exponents = [size, 0];
  for (const list of terms) while (!list.isEmpty) exponents.push(numberOf(list.take('k', Tag.integer).body));
  const bytes = new Uint8Array(Math.floor(size / 8) + 1);
  for (const exponent of exponents) {
    const at = bytes.length - 1 - Math.floor(exponent / 8);
    bytes[at] = (bytes[at] ?? 0) | (1 << (exponent % 8));
  }
  const kind = basis === trinomial ? 'tpBasis' : 'ppBasis';
  return `Field Type: characteristic-two-field\nBasis Type: ${kind}\n${numberLines('Polynomial:', unsigned(bytes))}`;
}

/** numberOf reads two bytes: no field is larger than a few hundred bits. */
function numberOf(body: Uint8Array): number {
  return body.subarray(0, 2).reduce((number, byte) => number * 256 + byte, 0);
}
