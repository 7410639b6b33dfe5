import { rows } from '../options/index.ts';
import type { Row, Takes } from '../options/row.ts';
import { verifyRows } from '../options/verify.ts';
import { subcommands } from './subcommands.ts';

/**
 * bashCompletion is a bash script that completes commands, options and their arguments for both names of the program.
 */
export function bashCompletion(): string {
  return `# bash completion for s_server and serverhello
_s_server() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  [[ $previous == -* ]] || previous=
  case \${previous#-} in
    ${optionsThat(takesFile)}) COMPREPLY=($(compgen -f -- "$current")); return ;;
    ${optionsThat(takesFolder)}) COMPREPLY=($(compgen -d -- "$current")); return ;;
    ${optionsThat(takesFormat)}) COMPREPLY=($(compgen -W 'PEM DER P12' -- "$current")); return ;;
    ${optionsThat(takesVersion)}) COMPREPLY=($(compgen -W '${versionNames}' -- "$current")); return ;;
    ${optionsThat(takesOther)}) return ;;
  esac
  if ((COMP_CWORD > 1)) && [[ \${COMP_WORDS[1]} == verify ]]; then
    COMPREPLY=($(compgen -f -W '${dashed(verifyRows)}' -- "$current"))
  elif ((COMP_CWORD > 1)); then
    COMPREPLY=($(compgen -W '${dashed(rows)}' -- "$current"))
  else
    COMPREPLY=($(compgen -W '${dashed(rows)} ${subcommands.map(({ name }) => name).join(' ')}' -- "$current"))
  fi
}
complete -o filenames -F _s_server s_server serverhello
`;
}

const versionNames = 'None SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3 DTLSv1 DTLSv1.2';
const fileNames: ReadonlySet<Takes> = new Set<Takes>(['infile', 'outfile', 'uri']);

function dashed(of: readonly Row[]): string {
  return of.map(({ name }) => `-${name}`).join(' ');
}

/** optionsThat searches both commands: shared options take the same argument. */
function optionsThat(takes: (row: Row) => boolean): string {
  const names = [...rows, ...verifyRows].filter(takes).map(({ name }) => name);
  return [...new Set(names)].join('|');
}

function takesFile({ takes, completes }: Row): boolean {
  return fileNames.has(takes) || completes === 'file';
}

function takesFolder({ takes, completes }: Row): boolean {
  return takes === 'dir' || completes === 'folder';
}

function takesFormat({ takes }: Row): boolean {
  return takes === 'format' || takes === 'PEM|DER';
}

function takesVersion({ completes }: Row): boolean {
  return completes === 'version';
}

function takesOther(row: Row): boolean {
  const completed = [takesFile, takesFolder, takesFormat, takesVersion].some((takes) => takes(row));
  return row.takes !== 'flag' && row.takes !== 'words' && !completed;
}
