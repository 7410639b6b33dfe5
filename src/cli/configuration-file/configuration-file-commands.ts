import type { DhParameters } from '../../crypto/groups/dh.ts';
import type { ServerInfo } from '../../handshake/flow/server-info.ts';
import type { Credential } from '../../x509/files/credential.ts';
import {
  cipherList,
  ciphersuites,
  clientSignatureAlgorithmList,
  groupList,
  maxProtocol,
  minProtocol,
  namedCurve,
  paddings,
  signatureAlgorithmList,
  ticketNumber,
} from '../configuration/commands.ts';
import type { Command, Configuration } from '../configuration/configuration.ts';
import type { LoadedFiles } from '../credentials/secret-file-names.ts';
import type { ConfiguredPlaces, NamesPlace } from '../trust/trust-stores.ts';
import { switchNamed } from './configuration-switches.ts';
import type { ConfiguredFiles } from './configured-files.ts';
import type { FileCommand } from './library-configuration.ts';
import { trimmed } from './openssl-configuration-text.ts';

/** Configured is a configuration for TLS, read from a file or from options. */
export interface Configured {
  readonly configuration: Configuration;
  readonly credentials: readonly Credential[];
  readonly dhParameters: DhParameters | undefined;
  readonly serverInfo?: ServerInfo | undefined;
  readonly places: ConfiguredPlaces;
  readonly loaded?: LoadedFiles;
  /** Options, handled elsewhere, that a file's commands stand for. */
  readonly needs: readonly string[];
}

/**
 * applyFileCommand applies a command of SSL_CONF_cmd(3) in a file's spelling; undefined for one that is refused without
 * a reason.
 * @throws {ListFailure} with the reason
 * @throws {LoadFailure} with the reason
 */
export function applyFileCommand(
  { name, value }: FileCommand,
  current: Configured,
  files: ConfiguredFiles | undefined,
): Configured | undefined {
  return commands.get(name.toLowerCase())?.(value, current, files);
}

type FileCommandHandler = (
  value: string,
  current: Configured,
  files: ConfiguredFiles | undefined,
) => Configured | undefined;

const commands: ReadonlyMap<string, FileCommandHandler> = new Map<string, FileCommandHandler>([
  ['cipherstring', sameAs(cipherList)],
  ['ciphersuites', sameAs(ciphersuites)],
  ['groups', sameAs(groupList)],
  ['curves', sameAs(groupList)],
  ['ecdhparameters', (value, ...rest) => sameAs(namedCurve)(curve(value), ...rest)],
  ['signaturealgorithms', sameAs(signatureAlgorithmList)],
  ['clientsignaturealgorithms', sameAs(clientSignatureAlgorithmList)],
  ['minprotocol', sameAs(minProtocol)],
  ['maxprotocol', sameAs(maxProtocol)],
  ['recordpadding', sameAs(paddings)],
  ['numtickets', sameAs(ticketNumber)],
  ['protocol', words('protocol')],
  ['options', words('option')],
  // The program sets the mode by its own options, later.
  ['verifymode', words('verifyMode')],
  ['certificate', loads((files, value) => files.certificate(value))],
  ['privatekey', loads((files, value) => files.privateKey(value))],
  ['dhparameters', loads((files, value) => files.parameters(value))],
  ['serverinfofile', loads((files, value) => files.loadServerInfo(value))],
  ['chaincafile', place('chainCAfile')],
  ['chaincapath', place('chainCApath')],
  ['chaincastore', place('chainCAstore')],
  ['verifycafile', place('verifyCAfile')],
  ['verifycapath', place('verifyCApath')],
  ['verifycastore', place('verifyCAstore')],
  ['requestcafile', requestedNames('file')],
  ['requestcapath', requestedNames('directory')],
  ['requestcastore', requestedNames('uri')],
  ['clientcafile', requestedNames('file')],
  ['clientcapath', requestedNames('directory')],
  ['clientcastore', requestedNames('uri')],
]);

/** sameAs is the handler for a command that is also an option. */
function sameAs(command: Command): FileCommandHandler {
  return (value, current) => {
    const changes = command(value, current.configuration);
    return changes && { ...current, configuration: { ...current.configuration, ...changes } };
  };
}

/** curve translates `automatic`, which is `auto` on the command line. */
function curve(value: string): string {
  if (/^\+?automatic$/i.test(value)) return 'auto';
  // `auto` is a name like any other here.
  return value === 'auto' ? 'auto ' : value;
}

function loads(load: (files: ConfiguredFiles, value: string) => void): FileCommandHandler {
  return (value, current, files) => {
    if (files === undefined) return undefined;
    load(files, value);
    return current;
  };
}

/** place keeps a location to open later; the options' locations win. */
function place(option: keyof ConfiguredPlaces['stores']): FileCommandHandler {
  return (value, current, files) => {
    const { places } = current;
    return files && { ...current, places: { ...places, stores: { ...places.stores, [option]: value } } };
  };
}

/** requestedNames adds names for the certificate request if there is no `-CAfile`. */
function requestedNames(kind: NamesPlace['kind']): FileCommandHandler {
  return (value, current, files) => {
    const { places } = current;
    return files && { ...current, places: { ...places, names: [...places.names, { kind, value }] } };
  };
}

/**
 * words reads a comma-separated list of words with optional signs. The first unknown one ends it; those before it
 * count.
 */
function words(kind: 'protocol' | 'option' | 'verifyMode'): FileCommandHandler {
  return (value, current) => {
    let { configuration, needs } = current;
    for (const item of value.split(',').map(trimmed)) {
      const [, sign = '', word = ''] = /^([-+]?)(.*)$/s.exec(item) ?? [];
      const found = word === '' ? undefined : switchNamed(kind, word.toLowerCase());
      if (found === undefined) return undefined;
      const side = sign === '-' ? found.off : found.on;
      configuration = { ...configuration, ...changesOf(side.change, configuration) };
      if (side.needs !== undefined) needs = [...needs, side.needs];
    }
    return { ...current, configuration, needs };
  };
}

function changesOf(
  change: Partial<Configuration> | ((current: Configuration) => Partial<Configuration>) | undefined,
  current: Configuration,
): Partial<Configuration> {
  return typeof change === 'function' ? change(current) : (change ?? {});
}
