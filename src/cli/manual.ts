import { argumentWord } from './help.ts';
import { isAvailable } from './not-available-yet.ts';
import { groups } from './options/index.ts';
import type { Row } from './options/row.ts';

/** The page `docs/manual.md`: every option with all that its row says. */
export function manual(): string {
  const sections = groups.map(({ title, rows }) => `\n## ${title} options\n${rows.map(entry).join('')}`);
  return `${introduction}${sections.join('')}`;
}

const introduction = `# The options of s_server

This page is made from the table of options (\`src/cli/options/\`), in the order of \`-help\`. An option begins with one or
two dashes; its argument is the next word or follows an equals sign. Of an option that is given twice the last one
counts, unless it says otherwise; options marked *configuration* are applied one after the other. Numbers may be
decimal, hexadecimal (\`0x\`) or octal (\`0\`). A default that is not named is off, or nothing.
\`serverhello completion bash\` prints a script that completes them in bash.
`;

function entry(row: Row): string {
  const word = argumentWord(row);
  const facts = [
    row.default !== undefined && `Default: ${row.default}.`,
    row.conflicts !== undefined && `Conflicts and errors: ${row.conflicts}.`,
    row.versions !== undefined && `Versions: ${row.versions}.`,
    row.aliases !== undefined && `Also accepted: ${row.aliases.map((alias) => `\`-${alias}\``).join(', ')}.`,
    row.conf && 'Kind: *configuration*.',
    `Since: ${row.since === 'ours' ? 'our own' : `OpenSSL ${row.since}`}.`,
    isAvailable(row) ? `Available: part ${row.part}.` : `Not available yet: comes with part ${row.part}.`,
  ].filter((fact) => typeof fact === 'string');
  const argument = word === undefined ? '' : ` *${word}*`;
  return `\n### \`-${row.name}\`${argument}\n\n${upperCaseFirst(row.effect)}.\n\n${facts.map((fact) => `- ${asText(fact)}\n`).join('')}`;
}

function upperCaseFirst(text: string): string {
  return asText(text.charAt(0).toUpperCase() + text.slice(1));
}

/** Angle brackets and asterisks are text here, except the asterisks of our own emphasis. */
function asText(text: string): string {
  return text.replace(/</g, '&lt;').replace(/\*(?=:)/g, '\\*');
}
