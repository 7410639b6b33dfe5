import { KeyLog } from '../diagnostics/key-log.ts';
import { MessageFile } from '../diagnostics/message-file.ts';
import type { Settings } from '../handshake/flow/settings.ts';
import type { ListenAddress } from '../server/listening/listener.ts';
import { listenAddress } from './arguments/accept-address.ts';
import type { Given } from './arguments/given.ts';
import { checkCombinations } from './command-line/combinations.ts';
import { refuseWhatIsNotPossible } from './command-line/not-possible.ts';
import { onStdout } from './command-line/on-stdout.ts';
import { type Parsed, parse } from './command-line/parse.ts';
import { webMode } from './command-line/web-mode.ts';
import { libraryConfiguration } from './configuration-file/library-configuration.ts';
import type { Identity } from './credentials/identities.ts';
import type { LoadedFiles } from './credentials/secret-file-names.ts';
import type { Options } from './options/index.ts';
import type { Output } from './output/output.ts';
import { Stop } from './output/stop.ts';
import { runSubcommand } from './run-subcommand.ts';
import type { OpenCapture } from './start/capture-settings.ts';
import { settingsFrom } from './start/context.ts';
import type { JsonFacts } from './start/json-facts.ts';
import { refuseWithoutAlgorithms } from './start/no-algorithms.ts';
import { checkRandomFiles, writeRandomFile } from './start/random-files.ts';
import type { ResultFiles } from './verdicts/result-files.ts';
import type { VerdictPlan } from './verdicts/verdict-plan.ts';
import type { Watched } from './watchers/protocol-watchers.ts';

/** Prepared is everything decided before the socket is opened. */
export interface Prepared extends Watched {
  /** The completed settings; see Context. */
  completed(): Settings;
  readonly address: ListenAddress;
  /** The output from now on: with `-quiet` or `-brief` its `out` prints nothing, unless `-debug` is given. */
  readonly output: Output;
  readonly keyLog: KeyLog | undefined;
  readonly capture: OpenCapture | undefined;
  /** Facts of `-json`. */
  readonly facts: JsonFacts | undefined;
  /** The certificate that was generated because there was none. */
  readonly selfMade: Identity | undefined;
  /** Files named in the configuration of `-ssl_config`. */
  readonly loaded: LoadedFiles | undefined;
  /** How clients are judged; undefined: they are not. */
  readonly verdicts: VerdictPlan | undefined;
  /** The files of `-junit` and `-tap`. */
  readonly results: ResultFiles | undefined;
  /** Requests are answered, as there is no other mode. */
  readonly answers: boolean;
}

/**
 * prepare turns the command line (without the program's name) into a server that may listen, or into an exit code after
 * everything has been printed.
 */
export async function prepare(argv: readonly string[], output: Output): Promise<Prepared | number> {
  const exitCode = await runSubcommand(argv, output);
  if (exitCode !== undefined) return exitCode;
  const begun: Begun = { given: [], facts: undefined };
  try {
    return await start(argv, begun, output);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    output.err(error.text);
    await begun.facts?.end({ status: error.exitCode, because: error.message });
    const randomFile = begun.given.findLast(({ name }) => name === 'writerand')?.value;
    return writeRandomFile(randomFile?.toString(), error.exitCode, output);
  }
}

/** Begun is the state when the start fails. */
interface Begun {
  readonly given: Given[];
  facts: JsonFacts | undefined;
}

async function start(argv: readonly string[], begun: Begun, output: Output): Promise<Prepared> {
  const { given } = begun;
  const library = libraryConfiguration(process.env);
  const { parsed, verdicts, answers } = await judged(parse(argv, output, given));
  const { options } = parsed;
  if (onStdout(given).length > 0) output.leaveStdout?.();
  const address = listenAddress(given);
  checkRandomFiles(given);
  if (options.zerocopy_sendfile && !options.sendfile) output.out(zeroCopyWarning);
  checkCombinations(parsed, address);
  begun.facts = options.json === undefined ? undefined : await openFacts(options.json, argv, options, output);
  const chosen = chosenOutput(options, output);
  refuseWithoutAlgorithms(options);
  const { settings, completed, needs, selfMade, loaded } = await settingsFrom(parsed, library, chosen);
  const keyLog = options.keylogfile === undefined ? undefined : openKeyLog(options.keylogfile);
  refuseWhatIsNotPossible([...given.map(({ name }) => name), ...needs]);
  const messageFile = options.msgfile === undefined ? undefined : new MessageFile(options.msgfile);
  const capture = options.pcapng === undefined ? undefined : await openCapture(options.pcapng, options, output);
  const results = verdicts && (await openResults(verdicts));
  return {
    options,
    given,
    settings,
    completed,
    address,
    web: webMode(given),
    output: chosen,
    keyLog,
    messageFile,
    capture,
    facts: begun.facts,
    selfMade,
    loaded,
    verdicts,
    results,
    answers,
  };
}

/** Where clients are judged or reported on and no mode is given, requests are answered, and HTTP is agreed on. */
async function judged(parsed: Parsed): Promise<{ parsed: Parsed } & Pick<Prepared, 'verdicts' | 'answers'>> {
  const { options, given } = parsed;
  const verdicts = await verdictsOf(parsed);
  const hasMode = webMode(given) !== undefined || options.rev !== undefined;
  if (options.report && hasMode) throw new Stop(modeRefused);
  const answers = (verdicts !== undefined || options.report === true) && !hasMode;
  const alpn = options.alpn ?? 'h2,http/1.1';
  return { parsed: answers ? { ...parsed, options: { ...options, alpn } } : parsed, verdicts, answers };
}

const modeRefused = "Can't use -report with -www, -WWW, -HTTP or -rev\n";

async function verdictsOf(parsed: Parsed): Promise<VerdictPlan | undefined> {
  const isAsked = parsed.command !== undefined || parsed.given.some(({ name }) => verdictOptions.has(name));
  return isAsked ? (await import('./verdicts/verdict-plan.ts')).verdictPlan(parsed) : undefined;
}

const verdictOptions: ReadonlySet<string> = new Set(['expect', 'exec', 'wait', 'limit', 'junit', 'tap']);

const zeroCopyWarning = 'Warning: -zerocopy_sendfile depends on -sendfile, enabling -sendfile now.\n';

/** @throws {Stop} for a file that cannot be written */
async function openResults({ files }: VerdictPlan): Promise<ResultFiles | undefined> {
  return files.length === 0 ? undefined : new (await import('./verdicts/result-files.ts')).ResultFiles(files);
}

function openKeyLog(file: string): KeyLog {
  try {
    return new KeyLog(file);
  } catch {
    throw new Stop(`Error writing keylog file ${file}\n`);
  }
}

async function openCapture(path: string, options: Options, output: Output): Promise<OpenCapture> {
  const { OpenCapture } = await import('./start/capture-settings.ts');
  return new OpenCapture(path, options, output);
}

async function openFacts(word: string, argv: readonly string[], options: Options, output: Output): Promise<JsonFacts> {
  const { JsonFacts } = await import('./start/json-facts.ts');
  return new JsonFacts(word, argv, options, (text) => output.err(text));
}

/** isSilenced reports whether server output is suppressed. */
export function isSilenced({ quiet, brief, debug }: Options): boolean {
  return (quiet ?? brief) === true && debug !== true;
}

/** Whether people are told of connections beyond the reference's lines. */
export function narrates(
  { options: { explain, quiet }, answers, verdicts }: Pick<Prepared, 'options' | 'answers' | 'verdicts'>,
  readByPerson: boolean,
): boolean {
  return explain === true || ((readByPerson || answers || verdicts !== undefined) && quiet !== true);
}

function chosenOutput(options: Options, output: Output): Output {
  return isSilenced(options) ? { out: () => undefined, err: (text) => output.err(text) } : output;
}
