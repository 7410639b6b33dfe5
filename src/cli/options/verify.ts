import { nameOption } from '../arguments/argument-checks.ts';
import { Stop } from '../output/stop.ts';
import { engineFailure } from '../providers/openssl-engine.ts';
import { knownProvider } from '../providers/providers.ts';
import type { Row } from './row.ts';
import { validation } from './validation.ts';

/** verifyGroups has the options of `openssl verify`, in the order of its help. */
export const verifyGroups: readonly { readonly title: string; readonly rows: readonly Row[] }[] = [
  {
    title: 'General',
    rows: [
      { name: 'help', takes: 'flag', help: 'Display this summary' },
      { name: 'engine', takes: 'string', help: 'Use engine, possibly a hardware device', check: usableEngine },
      { name: 'verbose', takes: 'flag', help: 'Print extra information about the operations being performed.' },
      { name: 'nameopt', takes: 'string', help: 'Certificate subject/issuer name printing options', check: nameOption },
    ],
  },
  {
    title: 'Certificate chain',
    rows: [
      { name: 'trusted', takes: 'infile', help: 'A file of trusted certificates' },
      { name: 'CAfile', takes: 'infile', help: 'A file of trusted certificates' },
      { name: 'CApath', takes: 'dir', help: 'A directory of files with trusted certificates' },
      { name: 'CAstore', takes: 'uri', help: 'URI to a store of trusted certificates' },
      { name: 'no-CAfile', takes: 'flag', help: 'Do not load the default trusted certificates file' },
      { name: 'no-CApath', takes: 'flag', help: 'Do not load trusted certificates from the default directory' },
      {
        name: 'no-CAstore',
        takes: 'flag',
        help: 'Do not load trusted certificates from the default certificates store',
      },
      { name: 'untrusted', takes: 'infile', help: 'A file of untrusted certificates' },
      { name: 'CRLfile', takes: 'infile', help: "File containing one or more CRL's (in PEM format) to load" },
      {
        name: 'crl_download',
        takes: 'flag',
        help: 'Try downloading CRL information for certificates via their CDP entries',
      },
      { name: 'show_chain', takes: 'flag', help: 'Display information about the certificate chain' },
    ],
  },
  {
    title: 'Validation',
    rows: [...validation, { name: 'vfyopt', takes: 'string', help: 'Verification parameter in n:v form' }],
  },
  {
    title: 'Provider',
    rows: [
      {
        name: 'provider-path',
        takes: 'string',
        completes: 'folder',
        help: "Provider load path (must be before 'provider' argument if required)",
      },
      {
        name: 'provider',
        takes: 'string',
        help: 'Provider to load (can be specified multiple times)',
        check: knownProvider,
      },
      { name: 'propquery', takes: 'string', help: 'Property query used when fetching algorithms' },
    ],
  },
];

/** The option that `openssl verify` does not have. */
export const ownOption: Row = {
  name: 'json',
  aliases: ['jsonl'],
  takes: 'flag',
  help: 'Read one request a line as JSON, answer each with a line',
};

export const verifyRows: readonly Row[] = [...verifyGroups.flatMap(({ rows }) => rows), ownOption];

const byName = new Map(verifyRows.flatMap((it) => named(it)));

/** verifyOptionNamed looks up a name or alias. */
export function verifyOptionNamed(name: string): Row | undefined {
  return byName.get(name);
}

function named(it: Row): (readonly [string, Row])[] {
  return [it.name, ...(it.aliases ?? [])].map((name) => [name, it] as const);
}

/** usableEngine ends the command if the engine is missing. @throws {Stop} */
function usableEngine(name: string): void {
  const failure = engineFailure(name);
  if (failure !== undefined) throw new Stop(failure);
}
