import { groups, optionNamed } from './options/index.ts';
import type { Given, Row } from './options/row.ts';
import { Stop } from './stop.ts';

/** Whether the option does what its row says; the row also says which part of the plan brings it. */
export function isAvailable({ name, part }: Row): boolean {
  return part <= finishedParts || builtAhead.has(name);
}

const finishedParts = 1;

/** Options of parts that are not finished. */
const builtAhead: ReadonlySet<string> = new Set(['WWW', 'HTTP', 'http_server_binmode']);

/** Options that are there although their part is not finished. */
export const builtAhead: ReadonlySet<string> = new Set([
  'cert2',
  'client_renegotiation',
  'ext_cache',
  'id_prefix',
  'key2',
  'no_cache',
  'no_ems',
  'no_etm',
  'no_renegotiation',
  'no_resume_ephemeral',
  'no_resumption_on_reneg',
  'legacy_renegotiation',
  'servername',
  'servername_fatal',
]);

function isMissing({ name, part }: { readonly name: string; readonly part: number }): boolean {
  return part > finishedParts && !builtAhead.has(name);
}

/**
 * The first option of the command line that this release only knows by name. Asked last before the socket is opened, so
 * that whatever is wrong earlier is still told in the reference's words.
 * @throws {Stop}
 */
export function refuseWhatIsNotAvailable(given: readonly Given[]): void {
  const missing = given.find(({ name }) => isMissing(optionNamed(name) ?? { name, part: 0 }));
  if (missing !== undefined) throw new Stop(`s_server: -${missing.name} is not available yet\n`);
}

/** The page `docs/not-available-yet.md`. */
export function notAvailablePage(): string {
  const sections = groups.map(({ title, rows }) => {
    const missing = rows.filter(isMissing);
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
