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

/** What a configuration for TLS comes to, whether from a file or from options. */
export interface Configured {
  readonly configuration: Configuration;
  readonly credentials: readonly Credential[];
  readonly dhParameters: DhParameters | undefined;
  readonly serverInfo?: ServerInfo | undefined;
  readonly places: ConfiguredPlaces;
  readonly loaded?: LoadedFiles;
  /** Options, read elsewhere, that do what a file asks for. */
  readonly needs: readonly string[];
}

/**
 * Applies a command of SSL_CONF_cmd(3) as files spell it; undefined where it or its value is refused without a reason.
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
  // The program sets the mode by its own options, after this.
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

/** The command line has an option for the same. */
function sameAs(command: Command): FileCommandHandler {
  return (value, current) => {
    const changes = command(value, current.configuration);
    return changes && { ...current, configuration: { ...current.configuration, ...changes } };
  };
}

/** `auto` is what files call `automatic`. */
function curve(value: string): string {
  if (/^\+?automatic$/i.test(value)) return 'auto';
  // The word of the command line is a name like others here.
  return value === 'auto' ? 'auto ' : value;
}

function loads(load: (files: ConfiguredFiles, value: string) => void): FileCommandHandler {
  return (value, current, files) => {
    if (files === undefined) return undefined;
    load(files, value);
    return current;
  };
}

/** Opened with the places that options name, which win. */
function place(option: keyof ConfiguredPlaces['stores']): FileCommandHandler {
  return (value, current, files) => {
    const { places } = current;
    return files && { ...current, places: { ...places, stores: { ...places.stores, [option]: value } } };
  };
}

/** The names that a certificate request carries where `-CAfile` gives none. */
function requestedNames(kind: NamesPlace['kind']): FileCommandHandler {
  return (value, current, files) => {
    const { places } = current;
    return files && { ...current, places: { ...places, names: [...places.names, { kind, value }] } };
  };
}

/** A list of words between commas, each perhaps with a sign. The first bad one ends it; those before it count. */
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
