import { existsSync } from 'node:fs';
import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { Stop } from '../output/stop.ts';
import { readConfiguration, type Section, type Sections } from './openssl-configuration.ts';

/** FileCommand is a command of SSL_CONF_cmd(3) in a file's spelling. */
export interface FileCommand {
  readonly name: string;
  readonly value: string;
}

/** LibraryConfiguration is the named configurations for TLS in the `ssl_conf` module of a configuration file. */
export type LibraryConfiguration = ReadonlyMap<string, readonly FileCommand[]>;

/**
 * libraryConfiguration reads the TLS configuration in the file of `OPENSSL_CONF`, or else in the system's. A file that
 * is missing or not in the form of config(5) counts as empty, as for the reference.
 * @throws {Stop} for errors in its modules, if the file asks for `config_diagnostics`
 */
export function libraryConfiguration(environment: NodeJS.ProcessEnv): LibraryConfiguration {
  const path = environment.OPENSSL_CONF ?? systemFiles.find((file) => existsSync(file)) ?? '';
  const sections = path === '' ? undefined : read(path, environment);
  if (sections === undefined) return new Map();
  const diagnostics = Number.parseInt(sections.get('default')?.get('config_diagnostics') ?? '0', 10);
  const { configuration, lines } = modules(sections);
  if (lines.length === 0 || !diagnostics) return configuration;
  throw new Stop(`FATAL: Startup failure (dev note: apps_startup()) for openssl\n${errorLines(lines)}`);
}

const systemFiles = ['/usr/lib/ssl/openssl.cnf', '/etc/ssl/openssl.cnf'];

function read(path: string, environment: NodeJS.ProcessEnv): Sections | undefined {
  try {
    return readConfiguration(path, environment);
  } catch {
    return undefined;
  }
}

/** Loaded is the result of a module, with the error lines of the first that failed. */
interface Loaded {
  readonly configuration: LibraryConfiguration;
  readonly lines: readonly ErrorLine[];
}

function modules(sections: Sections): Loaded {
  const nothing: Loaded = { configuration: new Map(), lines: [] };
  const first = sections.get('default')?.get('openssl_conf');
  if (first === undefined) return nothing;
  const list = sections.get(first);
  if (list === undefined) {
    const text = 'openssl conf references missing section';
    return { ...nothing, lines: [line(124, text, 'CONF_modules_load', `openssl_conf=${first}`)] };
  }
  return Array.from(list).reduce<Loaded>((before, [name, value]) => {
    const { configuration, lines } = moduleNamed(name, value, sections);
    return {
      configuration: configuration ?? before.configuration,
      lines: before.lines.length > 0 ? before.lines : lines,
    };
  }, nothing);
}

function moduleNamed(name: string, value: string, sections: Sections): Partial<Loaded> & Pick<Loaded, 'lines'> {
  // The part after the last dot only makes the name unique.
  const module = name.replace(/\.[^.]*$/s, '');
  if (module === 'ssl_conf') return sslModule(sections, value);
  if (otherModules.has(module)) return { lines: [] };
  return { lines: [line(113, 'unknown module name', 'module_run', `module=${name}`)] };
}

/** Modules for other parts of OpenSSL: object names, providers, engines and the random generator. */
const otherModules: ReadonlySet<string> = new Set([
  'oid_section',
  'stbl_section',
  'engines',
  'alg_section',
  'providers',
  'random',
]);

function sslModule(sections: Sections, value: string): Partial<Loaded> & Pick<Loaded, 'lines'> {
  const fail = (reason: number, text: string, extra: string) => ({
    lines: [
      line(reason, text, 'ssl_module_init', extra),
      line(109, 'module initialization error', 'module_run', `module=ssl_conf, value=${value} retcode=-1      `),
    ],
  });
  const names = sections.get(value);
  if (names === undefined) return fail(120, 'ssl section not found', `section=${value}`);
  if (names.size === 0) return fail(119, 'ssl section empty', `section=${value}`);
  const configuration = new Map<string, readonly FileCommand[]>();
  for (const [name, sectionName] of names) {
    const section = sections.get(sectionName);
    const extra = `name=${name}, value=${sectionName}`;
    if (section === undefined) return fail(118, 'ssl command section not found', extra);
    if (section.size === 0) return fail(117, 'ssl command section empty', extra);
    configuration.set(name, commandsOf(section));
  }
  return { configuration, lines: [] };
}

/** commandsOf removes the part before a first dot, which only makes a name unique. */
function commandsOf(section: Section): FileCommand[] {
  return Array.from(section, ([name, value]) => ({ name: name.substring(name.indexOf('.') + 1), value }));
}

function line(reason: number, text: string, where: string, extra: string): ErrorLine {
  return { library: 14, reason, text, function: where, extra };
}
