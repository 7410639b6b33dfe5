/** One `-----BEGIN label-----` block. `headers` are the lines before the empty one, as `Proc-Type` in encrypted keys. */
export interface PemBlock {
  readonly label: string;
  readonly headers: readonly string[];
  readonly der: Uint8Array;
}

/** All readable blocks of a text, in order; text between them is ignored (RFC 7468 section 2). */
export function pemBlocks(text: string): PemBlock[] {
  return pemContents(text).filter((it) => it !== 'unreadable');
}

/**
 * The same with a mark for each unreadable block that has a first line. The rules are those of OpenSSL 3.0: a boundary
 * fills its line from the first column on; blanks and control characters at the end of a line are ignored.
 */
export function pemContents(text: string): (PemBlock | 'unreadable')[] {
  const lines = linesOf(text);
  const found: (PemBlock | 'unreadable')[] = [];
  for (let at = 0; at < lines.length; ) {
    const label = begin.exec(lines[at]?.text.replace(byteOrderMark, '') ?? '')?.[1];
    at++;
    if (label === undefined) continue;
    const read = readBlock(lines, at, label);
    at = read.at;
    found.push(read.block);
  }
  return found;
}

export function toPem(label: string, der: Uint8Array, headers: readonly string[] = []): string {
  const base64 = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('base64');
  const before = headers.length > 0 ? [...headers, ''] : [];
  const lines = [...before, ...(base64.match(/.{1,64}/g) ?? [])];
  return `-----BEGIN ${label}-----\n${lines.map((line) => `${line}\n`).join('')}-----END ${label}-----\n`;
}

const begin = /^-----BEGIN (.*)-----$/s;
const endStart = '-----END ';
/** U+FEFF, in UTF-8 with one character a byte, or decoded. */
const byteOrderMark = /^(?:\xef\xbb\xbf|\ufeff)/;

interface Line {
  /** The line without ignored characters at its end. */
  readonly text: string;
  /** True for the rest of a line longer than `longestPiece`. */
  readonly continues: boolean;
}

/** Longest piece of a line, including its newline. */
const longestPiece = 254;

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let continues = false;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at) + 1;
    const end = Math.min(newline === 0 ? text.length : newline, at + longestPiece);
    lines.push({ text: text.substring(at, end).replace(uncounted, ''), continues });
    continues = end - at === longestPiece && end !== newline;
    at = end;
  }
  return lines;
}

/** Bytes above 0x7f are ignored like blanks, as where C's `char` is signed. */
const uncounted = /[\0-\x20\x80-\xff]+$/;

/** Reads a block from the line after its first one on. `at` is the line after the last one read. */
function readBlock(
  lines: readonly Line[],
  start: number,
  label: string,
): { block: PemBlock | 'unreadable'; at: number } {
  const last = `${endStart}${label}-----`;
  const headers: string[] = [];
  const body: string[] = [];
  let part: 'unknown' | 'headers' | 'body' = 'unknown';
  let at = start;
  const unreadable = () => ({ block: 'unreadable', at }) as const;
  while (at < lines.length) {
    const { text, continues } = lines[at++] ?? { text: '', continues: false };
    if (part === 'unknown' && text.includes(':')) part = 'headers';
    if (text === '') {
      if (continues) continue;
      if (part === 'body') return unreadable();
      part = 'body';
    } else if (text.startsWith(endStart)) {
      if (text !== last) return unreadable();
      const der = contentOf(part === 'unknown' ? headers : body);
      const block = { label, headers: part === 'unknown' ? [] : headers };
      return { block: der === undefined || hasOtherHeaders(block) ? 'unreadable' : { ...block, der }, at };
    } else if (part === 'body') {
      // After an empty line all lines but the last must be full.
      if (text.length > fullLine || (body.at(-1)?.length ?? fullLine) < fullLine) return unreadable();
      body.push(text);
    } else headers.push(text);
  }
  return unreadable();
}

const fullLine = 64;

/** Undefined for invalid Base64. A hyphen ends it. */
function contentOf(lines: readonly string[]): Uint8Array | undefined {
  const [base64 = ''] = lines
    .join('')
    .replace(/[ \t\r]/g, '')
    .split('-', 1);
  if (base64 === '' || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  return Buffer.from(base64, 'base64');
}

/** True for headers other than those of encryption (RFC 1421 section 4.6); a few characters are too short to be any. */
function hasOtherHeaders({ headers }: Pick<PemBlock, 'headers'>): boolean {
  return headers.join('\n').length >= shortestHeaders && !isEncrypted({ headers });
}

const shortestHeaders = 10;

/** True for encryption of RFC 1421, which the headers announce. */
export function isEncrypted({ headers }: Pick<PemBlock, 'headers'>): boolean {
  return /^Proc-Type:[ \t]*4,[ \t]*ENCRYPTED$/.test(headers[0] ?? '');
}
