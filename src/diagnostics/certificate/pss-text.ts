import { Tag } from '../../bytes/der.ts';
import { dotted } from '../../x509/asn1/object-identifier.ts';
import { Structure } from '../../x509/asn1/structure.ts';
import { integerBytesText, paddedIntegerValue } from './integer-text.ts';
import { objectText } from './object-text.ts';

/** RSASSA-PSS-params (RFC 4055 section 3.1); undefined is the default. */
interface PssParameters {
  /** Object identifiers. */
  readonly hash: string | undefined;
  readonly maskHash: string | undefined;
  readonly maskAlgorithm: string | undefined;
  /** Contents of an INTEGER. */
  readonly saltLength: Uint8Array | undefined;
  readonly trailer: Uint8Array | undefined;
}

/**
 * pssSignatureText prints the parameters of a signature, which continue the line of its algorithm.
 * @throws {Malformed}
 */
export function pssSignatureText(algorithm: Structure): string {
  const margin = ' '.repeat(8);
  if (algorithm.isEmpty || !algorithm.nextIs(Tag.sequence)) return `${margin}(INVALID PSS PARAMETERS)\n`;
  const { hash, maskAlgorithm, maskHash, saltLength, trailer } = pssParameters(algorithm);
  const mask =
    maskAlgorithm === undefined
      ? 'mgf1 with sha1 (default)'
      : `${objectText(maskAlgorithm)} with ${maskHash === undefined ? 'INVALID' : objectText(maskHash)}`;
  return [
    `${margin}\n`,
    `${margin}Hash Algorithm: ${hash === undefined ? 'sha1 (default)' : objectText(hash)}\n`,
    `${margin}Mask Algorithm: ${mask}\n`,
    `${margin} Salt Length: 0x${saltLength === undefined ? '14 (default)' : integerBytesText(saltLength)}\n`,
    `${margin}Trailer Field: 0x${trailer === undefined ? '01 (default)' : integerBytesText(trailer)}\n`,
  ].join('');
}

/** restrictionsText prints the restrictions of an RSA-PSS key. @throws {Malformed} */
export function restrictionsText(algorithm: Structure): string {
  if (algorithm.isEmpty || !algorithm.nextIs(Tag.sequence)) return 'No PSS parameter restrictions\n';
  const { hash, maskHash, saltLength, trailer } = pssParameters(algorithm);
  const salt = saltLength === undefined ? '20 (default)' : paddedIntegerValue(saltLength).toString();
  const field = trailer === undefined ? 1n : paddedIntegerValue(trailer);
  return [
    'PSS parameter restrictions:\n',
    `  Hash Algorithm: ${providerName(hash)}${hash === undefined ? ' (default)' : ''}\n`,
    `  Mask Algorithm: MGF1 with ${providerName(maskHash)}${maskHash === undefined ? ' (default)' : ''}\n`,
    `  Minimum Salt Length: ${salt}\n`,
    `  Trailer Field: 0x${field.toString(16)}${field === 1n ? ' (default)' : ''}\n`,
  ].join('');
}

function pssParameters(algorithm: Structure): PssParameters {
  const fields = algorithm.sequence('parameters');
  const hash = fields.takeIf('hashAlgorithm', 0xa0);
  const mask = fields.takeIf('maskGenAlgorithm', 0xa1);
  const salt = fields.takeIf('saltLength', 0xa2);
  const trailer = fields.takeIf('trailerField', 0xa3);
  const maskFields = mask && new Structure(mask.body).sequence('maskGenAlgorithm');
  const maskAlgorithm = maskFields && dotted(maskFields.take('algorithm', Tag.objectIdentifier).body);
  return {
    hash: hash && algorithmOf(new Structure(hash.body)),
    maskAlgorithm,
    maskHash: maskFields && !maskFields.isEmpty ? algorithmOf(maskFields) : undefined,
    saltLength: salt && new Structure(salt.body).take('saltLength', Tag.integer).body,
    trailer: trailer && new Structure(trailer.body).take('trailerField', Tag.integer).body,
  };
}

function algorithmOf(structure: Structure): string {
  return dotted(structure.sequence('algorithm').take('identifier', Tag.objectIdentifier).body);
}

/** providerName returns the name of a key's hash, which differs from that of a signature's. */
function providerName(hash: string | undefined): string {
  const name = hash === undefined ? 'sha1' : objectText(hash);
  const [, size] = /^sha(\d{3}(?:-\d{3})?)$/.exec(name) ?? [];
  return size === undefined ? name.toUpperCase() : `SHA2-${size.replace('-', '/')}`;
}
