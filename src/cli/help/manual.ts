import { optionGroups } from '../options/index.ts';
import type { ServerRow } from '../options/row.ts';
import { argumentWord } from './help.ts';

/** manual is the page `docs/manual.md`: every option with everything in its row. */
export function manual(): string {
  const sections = optionGroups.map(({ title, rows }) => `\n## ${title} options\n${rows.map(entry).join('')}`);
  return `${introduction}${sections.join('')}${commands}`;
}

const introduction = `# The options of s_server

This page is made from the table of options (\`src/cli/options/\`), in the order of \`-help\`. An option begins with one or
two dashes; its argument is the next word or follows an equals sign. Of an option that is given twice the last one
counts, unless it says otherwise; options marked *configuration* are applied one after the other. Numbers may be
decimal, hexadecimal (\`0x\`) or octal (\`0\`). A default that is not named is off, or nothing.
\`serverhello completion bash\` prints a script that completes them in bash.
`;

const commands = `
## Commands of serverhello

A first word without a dash is a command, under either name of the program.

### \`completion bash\`

Print a script that completes options and their arguments in bash.

### \`grades\` [\`-json\`]

Print the rules that report cards are graded by, with their sources, and the meanings of the standings.

### \`help\` *word*

Print the options and commands that are about this word: their names or their texts have it. Without a word print all of
the help. Exit 1 where there are none.

### \`read\` [\`-json\` | \`-html\`] *file* | \`-\`

Print the report card of a ClientHello (docs/report.md): hexadecimal, PEM, Base64, its bytes, or the first one in a capture
(pcap or pcapng). Exit 1 where there is none.

### \`verify\` *options* *files*

Verify certificates as \`openssl verify\` does: same options (\`serverhello verify -help\`), same texts, exit 2 where one is
not in order.

With \`-json\` (or \`-jsonl\`) each line of standard input is a request and is answered with a line, both objects in JSON:

- A request has \`chain\` (leaf first; what follows may become intermediates), \`untrusted\`, \`trusted\` and \`crls\`, all lists
  of PEM texts or names of files; \`parameters\`, the options by name without dash, \`true\` for those without a value, a list
  for those given several times; and an \`id\`, which comes back.
- The answer is a fact \`verification\` (see facts.md): \`ok\`; \`error\` (OpenSSL's number, name and text) and \`depth\` of the last
  fault; \`chain\`, the subjects, leaf first, and \`untrusted\`, how many of them did not come from \`trusted\`; \`faults\`, all
  of them in order.
- A request that cannot be read is answered with \`ok: false\` and \`problem\`.
`;

function entry(row: ServerRow): string {
  const word = argumentWord(row);
  const facts = [
    row.default !== undefined && `Default: ${row.default}.`,
    row.conflicts !== undefined && `Conflicts and errors: ${row.conflicts}.`,
    row.versions !== undefined && `Versions: ${row.versions}.`,
    row.aliases !== undefined && `Also accepted: ${row.aliases.map((alias) => `\`-${alias}\``).join(', ')}.`,
    row.configures && 'Kind: *configuration*.',
    `Since: ${row.since === 'ours' ? 'our own' : `OpenSSL ${row.since}`}.`,
  ].filter((fact) => typeof fact === 'string');
  const argument = word === undefined ? '' : ` *${word}*`;
  return `\n### \`-${row.name}\`${argument}\n\n${upperCaseFirst(row.effect)}.\n\n${facts.map((fact) => `- ${asText(fact)}\n`).join('')}`;
}

function upperCaseFirst(text: string): string {
  return asText(text.charAt(0).toUpperCase() + text.slice(1));
}

/** asText escapes angle brackets and asterisks, except the asterisks of our own emphasis. */
function asText(text: string): string {
  return text.replace(/</g, '&lt;').replace(/\*(?=:)/g, '\\*');
}
