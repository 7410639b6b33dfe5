import { readdirSync, readFileSync } from 'node:fs';

/** Block is a fenced block of a document. */
export interface Block {
  readonly file: string;
  /** Empty for a block that is not code. */
  readonly language: string;
  readonly text: string;
}

const decisions = readdirSync('docs/decisions').map((name) => `docs/decisions/${name}`);
export const documents = ['README.md', 'docs/ARCHITECTURE.md', 'docs/api.md', 'docs/captures.md', ...decisions];

export function blocksOf(file: string): Block[] {
  const fences = readFileSync(file, 'utf8').matchAll(/^```(\w*)\n(.*?)^```$/gms);
  return Array.from(fences, ([, language = '', text = '']) => ({ file, language, text }));
}

/** samples returns the complete programs; the other blocks of TypeScript are declarations. */
export function samples(): Block[] {
  return documents.flatMap(blocksOf).filter(({ language, text }) => language === 'ts' && /^import /m.test(text));
}
