import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import type { Asking } from '../../handshake/decisions/asking.ts';
import { ListFailure } from '../../handshake/policy/list-failure.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { LoadFailure } from '../../x509/files/load-failure.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { Stop } from '../output/stop.ts';
import { applyFileCommand, type Configured } from './configuration-file-commands.ts';
import { ConfiguredFiles } from './configured-files.ts';
import type { FileCommand, LibraryConfiguration } from './library-configuration.ts';

/** applySystemDefault applies the library's default for every context, ignoring errors in it. */
export function applySystemDefault(library: LibraryConfiguration, configuration: Configuration): Configured {
  const places = { stores: {}, names: [] };
  const start: Configured = { configuration, credentials: [], dhParameters: undefined, places, needs: [] };
  const commands = library.get('system_default') ?? [];
  return run(commands, start, undefined).configured;
}

/** applyNamed applies the section of `-ssl_config`. @throws {Stop} for an unknown name, and for a refused command */
export function applyNamed(
  name: string,
  library: LibraryConfiguration,
  start: Configured,
  tell: Asking['tell'] = {},
): Configured {
  const commands = library.get(name);
  if (commands === undefined) throw refusal(name, [invalidName(name)]);
  const files = new ConfiguredFiles({ tell, settings: start.configuration });
  const { configured, refused, lines } = run(commands, start, files);
  const finished = files.finish();
  if (refused || finished.lines.length > 0) throw refusal(name, [...lines, ...finished.lines]);
  return {
    ...configured,
    credentials: finished.credentials,
    dhParameters: files.dhParameters,
    serverInfo: files.serverInfo,
    loaded: files.loaded,
  };
}

interface Run {
  readonly configured: Configured;
  readonly refused: boolean;
  readonly lines: readonly ErrorLine[];
}

/** run tries all commands, also after a refused one. Without `files` commands that load files are refused. */
function run(commands: readonly FileCommand[], start: Configured, files: ConfiguredFiles | undefined): Run {
  const lines: ErrorLine[] = [];
  let configured = start;
  let refused = false;
  for (const command of commands) {
    try {
      const changed = applyFileCommand(command, configured, files);
      if (changed === undefined) refused = true;
      else configured = changed;
    } catch (error) {
      if (!(error instanceof ListFailure || error instanceof LoadFailure)) throw error;
      refused = true;
      lines.push(...error.lines);
    }
  }
  return { configured, refused, lines };
}

function refusal(name: string, lines: readonly ErrorLine[]): Stop {
  return new Stop(`Error using configuration "${name}"\n${errorLines(lines)}`);
}

function invalidName(name: string): ErrorLine {
  return {
    library: 20,
    reason: 113,
    text: 'invalid configuration name',
    function: 'ssl_do_config',
    extra: `name=${name}`,
  };
}
