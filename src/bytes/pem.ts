/** One `-----BEGIN label-----` block. `headers` are the lines before the empty one, as `Proc-Type` in encrypted keys. */
export interface PemBlock {
  readonly label: string;
  readonly headers: readonly string[];
  readonly der: Uint8Array;
  /** The block as it stood in the file. */
  readonly text: string;
}

const block = /-----BEGIN ([^-\r\n]+)-----\r?\n([\s\S]*?)-----END \1-----/g;

/** All blocks of a text in order; what stands between them is ignored (RFC 7468 section 2). */
export function pemBlocks(text: string): PemBlock[] {
  return Array.from(text.matchAll(block), ([whole, label = '', content = '']) => {
    const lines = content.split(/\r?\n/);
    const blank = lines.findIndex((line) => line.trim() === '');
    const hasHeaders = blank > 0 && lines.slice(0, blank).some((line) => line.includes(':'));
    const headers = hasHeaders ? lines.slice(0, blank) : [];
    const body = hasHeaders ? lines.slice(blank + 1) : lines;
    return { label, headers, der: Buffer.from(body.join(''), 'base64'), text: whole };
  });
}

export function toPem(label: string, der: Uint8Array): string {
  const base64 = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.map((line) => `${line}\n`).join('')}-----END ${label}-----\n`;
}
