// Writes docs/api.md from the declaration files of the library, whose doc comments are the documentation, and
// docs/manual.md from the table of options.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manual } from './dist/src/cli/help/manual.js';

writeFileSync('docs/manual.md', manual());

const folder = 'dist/src';
const exported = exportsOf('index.d.ts');
const sections = exported.map(({ name, file }) => ({ name, ...declarationOf(name, file) }));

writeFileSync(
  'docs/api.md',
  [
    '# serverhello, the library',
    '',
    'Made from the types by `npm run docs`. Members of classes of Node, which those of the library extend, are not repeated.',
    '',
    ...['class', 'function', 'interface', 'type'].flatMap((kind) => [
      `## ${titles(kind)}`,
      '',
      ...sections.filter((it) => it.kind === kind).flatMap(section),
    ]),
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()
    .concat('\n'),
);

function titles(kind) {
  return { class: 'Classes', function: 'Functions', interface: 'Options and values', type: 'Words' }[kind];
}

/** The names that a file exports from others, with the files that declare them. */
function exportsOf(file) {
  const text = readFileSync(join(folder, file), 'utf8');
  return [...text.matchAll(/export (?:type )?\{([^}]*)\} from '([^']+)'/g)].flatMap(([, names, path]) =>
    names
      .split(',')
      .map((name) => name.replace(/\btype\b/, '').trim())
      .filter((name) => name !== '')
      .map((name) => ({ name, file: join(dirname(file), path.replace(/\.(?:ts|js)$/, '.d.ts')) })),
  );
}

/** Follows a name through files that only hand it on. */
function declarationOf(name, file) {
  const text = readFileSync(join(folder, file), 'utf8');
  const found = new RegExp(
    `((?:/\\*\\*(?:[^*]|\\*(?!/))*\\*/\\n)?)export (?:declare )?(?:abstract )?(class|function|interface|type|const) ${name}\\b`,
  ).exec(text);
  if (found === null) {
    const next = exportsOf(file).find((it) => it.name === name);
    if (next === undefined) throw new Error(`${name} is not declared in ${file}`);
    return declarationOf(name, next.file);
  }
  const [, comment, kind] = found;
  const from = found.index + comment.length;
  const end = kind === 'function' ? endOfFunction(text, name) : endOfBlock(text, from, kind);
  return { kind, comment: words(comment), code: text.slice(from, end) };
}

function endOfFunction(text, name) {
  const last = [...text.matchAll(new RegExp(`^export declare function ${name}\\b.*$`, 'gm'))].at(-1);
  return last.index + last[0].length;
}

/** Up to the brace that closes the first one, or for a word up to its semicolon outside of braces. */
function endOfBlock(text, from, kind) {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('/*', at)) at = text.indexOf('*/', at) + 1;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0 && kind !== 'type') return at + 1;
    else if (text[at] === ';' && depth === 0) return at + 1;
  }
  return text.length;
}

function section({ name, comment, code }) {
  const shown = code
    .replace(/^export (?:declare )?/gm, '')
    .split('\n')
    .filter((line) => !/^ {4}(?:private|override _|constructor)\b/.test(line) && !/^ {4}_/.test(line))
    .join('\n')
    // What is left of a private member is its comment, with another one or the end behind it.
    .replace(/(?: {4}\/\*\*(?:[^*]|\*(?!\/))*\*\/\n)+(?=\}| {4}\/\*\*)/g, '')
    .replaceAll('    ', '  ');
  return [`### ${name}`, '', comment, '', '```ts', shown, '```', ''];
}

/** A doc comment without its frame. Where it ends in an example, that is code in Markdown too: four spaces. */
function words(comment) {
  return comment
    .replace(/^\/\*\*\s?|\s*\*\/\s*$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .replace(/^@throws/m, '\nThrows')
    .trim();
}
