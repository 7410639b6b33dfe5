import { groups, optionNamed } from './options/index.ts';
import type { Given } from './options/row.ts';
import { Stop } from './stop.ts';

/** How many parts of the plan are done; the rows say which part brings an option. */
export const finishedParts = 1;

/**
 * The first option of the command line that this release only knows by name. Asked last before the socket is opened, so
 * that whatever is wrong earlier is still told in the reference's words.
 * @throws {Stop}
 */
export function refuseWhatIsNotAvailable(given: readonly Given[]): void {
  const missing = given.find(({ name }) => (optionNamed(name)?.part ?? 0) > finishedParts);
  if (missing !== undefined) throw new Stop(`s_server: -${missing.name} is not available yet\n`);
}

/** The page `docs/not-available-yet.md`. */
export function notAvailablePage(): string {
  const sections = groups.map(({ title, rows }) => {
    const missing = rows.filter(({ part }) => part > finishedParts);
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
