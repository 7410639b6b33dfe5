import { readdirSync, readFileSync } from 'node:fs';

/** A fenced block of a document. */
export interface Block {
  readonly file: string;
  /** Empty for one that is no code. */
  readonly language: string;
  readonly text: string;
}

const decisions = readdirSync('docs/decisions').map((name) => `docs/decisions/${name}`);
export const documents = ['README.md', 'docs/ARCHITECTURE.md', 'docs/api.md', 'docs/captures.md', ...decisions];

export function blocksOf(file: string): Block[] {
  const fences = readFileSync(file, 'utf8').matchAll(/^```(\w*)\n(.*?)^```$/gms);
  return Array.from(fences, ([, language = '', text = '']) => ({ file, language, text }));
}

/** Programs of their own; the other blocks of TypeScript are declarations. */
export function samples(): Block[] {
  return documents.flatMap(blocksOf).filter(({ language, text }) => language === 'ts' && /^import /m.test(text));
}
