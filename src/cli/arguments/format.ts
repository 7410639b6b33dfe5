/** Formats are the formats that an option's `PEM|DER` or `format` argument may name. */
export type Formats = 'any' | 'PEM|DER';

/**
 * badFormat returns the error lines for a format word; undefined for a valid one. The first letter counts, except for
 * words that begin with P.
 */
export function badFormat(word: string, allowed: Formats): string | undefined {
  const format = formatOf(word);
  if (format === undefined) return `s_server: Bad format "${word}"\n`;
  if (format === 'PEM' || format === 'DER') return undefined;
  if (allowed !== 'any') return `s_server: Bad format "${word}"; must be pem or der\n`;
  return format === 'not NSS' ? `s_server: Bad format "${word}"; must be one of:\n${everyFormat}` : undefined;
}

/** FileForm is the form that a file must have. */
export type FileForm = 'PEM' | 'DER';

/** fileForm is the form that a valid word asks for; undefined leaves it to the content, as every other format does. */
export function fileForm(word: string | undefined): FileForm | undefined {
  const format = formatOf(word ?? '');
  return format === 'PEM' || format === 'DER' ? format : undefined;
}

const everyFormat = ['PEM/DER', 'pkcs12', 'smime', 'engine', 'msblob', 'nss', 'text', 'http', 'pvk']
  .map((name) => `   ${name}\n`)
  .join('');

function formatOf(word: string): 'PEM' | 'DER' | 'other' | 'not NSS' | undefined {
  switch (word.charAt(0).toUpperCase()) {
    case 'D':
      return 'DER';
    case '1':
      return 'other';
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

const formatsWithP = new Map<string, 'PEM' | 'other'>([
  ['P', 'PEM'],
  ['p', 'PEM'],
  ['PEM', 'PEM'],
  ['pem', 'PEM'],
  ['PVK', 'other'],
  ['pvk', 'other'],
  ['P12', 'other'],
  ['p12', 'other'],
  ['PKCS12', 'other'],
  ['pkcs12', 'other'],
]);
