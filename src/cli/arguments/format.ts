/** Formats are the formats that an option's `PEM|DER` or `format` argument may name. */
export type Formats = 'any' | 'PEM|DER' | 'PEM|DER|P12';

/**
 * badFormat returns the error lines for a format word; undefined for a valid one. The first letter counts, except for
 * words that begin with P.
 */
export function badFormat(word: string, allowed: Formats): string | undefined {
  const format = formatOf(word);
  if (format === undefined) return `s_server: Bad format "${word}"\n`;
  if (format === 'PEM' || format === 'DER') return undefined;
  if (format === 'P12' && allowed === 'PEM|DER|P12') return undefined;
  if (allowed !== 'any') return `s_server: Bad format "${word}"; must be pem or der\n`;
  return format === 'not NSS' ? `s_server: Bad format "${word}"; must be one of:\n${everyFormat}` : undefined;
}

const everyFormat = ['PEM/DER', 'pkcs12', 'smime', 'engine', 'msblob', 'nss', 'text', 'http', 'pvk']
  .map((name) => `   ${name}\n`)
  .join('');

function formatOf(word: string): 'PEM' | 'DER' | 'P12' | 'other' | 'not NSS' | undefined {
  switch (word.charAt(0).toUpperCase()) {
    case 'D':
      return 'DER';
    case '1':
      return 'P12';
    case 'P':
      return formatsWithP.get(word);
    case 'N':
      return word === 'NSS' || word === 'nss' ? 'other' : 'not NSS';
    case 'T':
    case 'S':
    case 'M':
    case 'E':
    case 'H':
      return 'other';
    default:
      return undefined;
  }
}

const formatsWithP = new Map<string, 'PEM' | 'P12' | 'other'>([
  ['P', 'PEM'],
  ['p', 'PEM'],
  ['PEM', 'PEM'],
  ['pem', 'PEM'],
  ['PVK', 'other'],
  ['pvk', 'other'],
  ['P12', 'P12'],
  ['p12', 'P12'],
  ['PKCS12', 'P12'],
  ['pkcs12', 'P12'],
]);
