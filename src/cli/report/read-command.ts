import { createReadStream } from 'node:fs';
import { type Card, cardOf } from '../../report/card.ts';
import { cardHtml } from '../../report/card-html.ts';
import { cardText } from '../../report/card-text.ts';
import { largestInput, readHello } from '../../report/input/hello-input.ts';
import type { Output } from '../output/output.ts';
import { Stop } from '../output/stop.ts';

/**
 * readCommand is `serverhello read`: it prints the report card of the ClientHello in a file. `words` are the arguments
 * after `read`. @returns 0, 1 for a file without a hello
 */
export async function readCommand(words: readonly string[], output: Output): Promise<number> {
  try {
    const { file, form } = argumentsOf(words);
    const read = readHello(await contentOf(file));
    if ('fault' in read) throw new Stop(`read: ${nameOf(file)}: ${read.fault}\n`);
    output.out(form(cardOf(read.hello.toJSON())));
    return 0;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    output.err(error.text);
    return error.exitCode;
  }
}

type Form = (card: Card) => string;

const forms: ReadonlyMap<string, Form> = new Map([
  ['-json', (card) => `${JSON.stringify(card)}\n`],
  ['-html', cardHtml],
]);

/** @throws {Stop} */
function argumentsOf(words: readonly string[]): { readonly file: string; readonly form: Form } {
  const options = words.filter((word) => word.startsWith('-') && word !== '-');
  const [file, ...others] = words.filter((word) => !options.includes(word));
  const unknown = options.find((word) => !forms.has(word));
  if (unknown !== undefined) throw new Stop(`read: Unknown option: ${unknown}\n`);
  if (options.length > 1) throw new Stop('read: -json and -html exclude each other\n');
  if (file === undefined || others.length > 0) throw new Stop('read: It takes one file, or - for standard input\n');
  return { file, form: forms.get(options[0] ?? '') ?? cardText };
}

/** @throws {Stop} for a file that cannot be read, or is too large */
async function contentOf(file: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
      total += chunk.length;
      if (total > largestInput) throw new Stop(`read: ${nameOf(file)}: more than ${largestInput} bytes\n`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(`read: ${nameOf(file)}: cannot be read (${codeOf(error)})\n`);
  }
  return Buffer.concat(chunks);
}

/** The system's code of an error, such as ENOENT. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/** A file's name, for a message. */
function nameOf(file: string): string {
  return file === '-' ? 'standard input' : JSON.stringify(file);
}
