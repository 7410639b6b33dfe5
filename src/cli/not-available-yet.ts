import { groups, optionNamed } from './options/index.ts';
import type { Row } from './options/row.ts';
import { Stop } from './stop.ts';

/** Whether the option does what its row says; the row also says which part of the plan brings it. */
export function isAvailable({ name, part }: Row): boolean {
  return part <= begunParts && !missing.has(name);
}

const begunParts = 8;

/** Options of the parts that have begun which are not there yet. */
const missing: ReadonlySet<string> = new Set();

/**
 * The first option, of the command line or of what a configuration file asks for, that this release only knows by name. Asked last before the socket is opened, so
 * that whatever is wrong earlier is still told in the reference's words.
 * @throws {Stop}
 */
export function refuseWhatIsNotAvailable(names: readonly string[]): void {
  const missing = names.find((name) => {
    const row = optionNamed(name);
    return row !== undefined && !isAvailable(row);
  });
  if (missing !== undefined) throw new Stop(`s_server: -${missing} is not available yet\n`);
}

/** The page `docs/not-available-yet.md`. */
export function notAvailablePage(): string {
  const sections = groups.map(({ title, rows }) => {
    const missing = rows.filter((row) => !isAvailable(row));
    if (missing.length === 0) return '';
    const lines = missing.map(({ name, effect, part }) => `- \`-${name}\`: ${effect} (part ${part})\n`);
    return `\n## ${title} options\n\n${lines.join('')}`;
  });
  return `${introduction}${sections.join('')}`;
}

const introduction = `# Options that are not available yet

This page is made from the table of options (\`src/cli/options/\`). An option below is recognised, and its argument is
checked as far as the reference checks it while it reads the command line; the program then ends with
\`s_server: -NAME is not available yet\` and exit status 1 before it opens a socket. The part is the step of the plan that
brings the option.
`;
