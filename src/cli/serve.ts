import { randomInt } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { AnsweringOptions } from '../apps/answering.ts';
import { type AppOptions, printListenFailure } from '../apps/app.ts';
import type { Outputs } from '../apps/printing/outputs.ts';
import { ShortIo } from '../apps/short-io.ts';
import type { StatusServerOptions } from '../apps/status-server.ts';
import { runTerminal } from '../apps/terminal.ts';
import { escaped } from '../bytes/escaped.ts';
import type { Engine } from '../connection/engine.ts';
import { joinObservers } from '../connection/observer.ts';
import { TlsEngine, type TlsEngineOptions } from '../connection/tls-engine.ts';
import { negotiationNotes } from '../diagnostics/handshake/negotiation-notes.ts';
import { nameLines } from '../diagnostics/name-lines.ts';
import { statisticsText } from '../diagnostics/sessions/statistics-text.ts';
import type { Fact } from '../facts/fact.ts';
import { listen } from '../server/listening/listener.ts';
import type { Backlog } from '../server/transport/backlog.ts';
import { datagramLimits } from '../server/transport/connection-limits.ts';
import type { Accepting } from '../server/transport/transport.ts';
import { nameFlagsFrom, nameFormats } from '../x509/asn1/name-options.ts';
import { captureFileNames, secretFileNames } from './credentials/secret-file-names.ts';
import type { Narration } from './narration.ts';
import type { Options } from './options/index.ts';
import type { Output } from './output/output.ts';
import { isSilenced, narrates, type Prepared } from './prepare.ts';
import type { Reporter } from './report/reporter.ts';
import type { Ending } from './start/json-facts.ts';
import { longestContext, refuseForContext } from './start/long-context.ts';
import { writeRandomFile } from './start/random-files.ts';
import { type ReadyAddress, writeReady } from './start/ready-file.ts';
import { cacheSize } from './start/session-settings.ts';
import type { VerdictRun } from './verdicts/verdict-run.ts';
import { isForPeople, messageOption, traceNaming, tracePrinter } from './watchers/protocol-watchers.ts';
import { reportGroupDecisions } from './watchers/security-watcher.ts';
import { watchers } from './watchers/watchers.ts';

/** Terminal is the program's access to its process. */
export interface Terminal {
  /** Undefined: there is no input at all. */
  readonly input: Readable | undefined;
  /** Prints application data to stdout. */
  raw(bytes: Uint8Array): void;
  /** Output that stdout and stderr have not taken yet. */
  readonly backlog: Backlog;
  /** True if stdout is a terminal, on which every line must appear at once. */
  readonly flushesLines: boolean;
  /** True if stderr is a terminal. */
  readonly readByPerson: boolean;
  /** Arguments of the command line after the program's name, for the status page. */
  readonly words: readonly string[];
}

/** serve listens, serves as the options ask, and resolves with the exit code when the server has ended. */
export async function serve(prepared: Prepared, terminal: Terminal): Promise<number> {
  const { facts, options, output, verdicts } = prepared;
  const run = verdicts && (await import('./verdicts/verdict-run.ts')).verdictRun(prepared, verdicts);
  const reporter = options.report ? (await import('./report/reporter.ts')).reporter(output) : undefined;
  const fault = await listenAndServe(prepared, terminal, { run, reporter });
  if (fault !== undefined) run?.failToStart(fault);
  const ending = run === undefined ? endingWithout(fault) : await run.finish(facts?.stream);
  const status = writeRandomFile(options.writerand, ending.status, output);
  const because = status === ending.status ? ending.because : 'the file of -writerand could not be written';
  await facts?.end({ status, because });
  return status;
}

const notListening = 'the server could not listen';
const notReady = 'the file of -ready could not be written';

/** The end of a run without a verdict: the reference's status is 0, whether it could listen or not. */
function endingWithout(fault: string | undefined): Ending {
  return { status: fault === notReady ? 2 : 0, because: fault ?? 'the server has ended' };
}

/** Who hears the facts, besides those who print them. */
interface Listeners {
  readonly run: VerdictRun | undefined;
  readonly reporter: Reporter | undefined;
}

/** Resolves with the reason why it could not begin. */
async function listenAndServe(
  prepared: Prepared,
  terminal: Terminal,
  listeners: Listeners,
): Promise<string | undefined> {
  const { run, reporter } = listeners;
  const { settings, output, facts, options } = prepared;
  const outputs = outputsOf(prepared, terminal);
  const statistics = () => statisticsOf(prepared);
  const datagrams = settings.datagrams && (await import('./serve-datagrams.ts'));
  const listener = await (datagrams
    ? datagrams.listenFor(prepared, outputs, terminal.flushesLines)
    : listen(prepared.address));
  if ('lines' in listener) {
    printListenFailure(listener, { outputs, statistics });
    return notListening;
  }
  const fault = datagrams?.mtuFault(prepared);
  if (fault !== undefined) {
    listener.close();
    reportMtuFault(fault, { line: listener.acceptLine, statistics: statistics(), output });
    return notListening;
  }
  await printHints(prepared, listener);
  await facts?.listening(prepared, listener);
  if (options.ready !== undefined && !writeReady(options.ready, addressOf(prepared, listener), output)) {
    listener.close();
    return notReady;
  }
  const engine = (conversation: Omit<TlsEngineOptions, 'settings'>) =>
    newEngine(prepared, { ...conversation, ...datagrams?.engineOptions });
  await runServer(prepared, terminal, {
    ...{ listener, outputs, statistics, createEngine: engine },
    ...(datagrams && { limits: datagramLimits }),
    ...(await telling(prepared, outputs, terminal, listeners)),
    ...(reporter && { pageFor: reporter.pageFor }),
    ...(run && { controls: (loop) => run.controls(loop, listener) }),
  });
  const lost = await prepared.capture?.close();
  if (lost !== undefined) facts?.stream.tell('lost', lost);
  return undefined;
}

/** A unix socket has its path for an address, and no port. */
function addressOf({ address }: Prepared, { host, port }: Accepting): ReadyAddress {
  return 'path' in address ? { host: address.path, port: 0 } : { host, port };
}

/** The options of every app, and the pages of the answering one. */
type Served = AppOptions & Pick<AnsweringOptions, 'pageFor'>;

async function runServer(
  prepared: Prepared,
  terminal: Terminal,
  app: Omit<Served, 'announced' | 'observe' | 'tap' | 'acceptCount'>,
): Promise<void> {
  const { settings, capture, options } = prepared;
  const common: Served = {
    ...app,
    announced: () => setImmediate(() => prepared.completed()),
    observe: await observing(prepared, terminal),
    ...(capture && {
      tap: (transport) => capture.taps.tap(transport, 'path' in prepared.address ? 'unix' : 'internet'),
    }),
    ...(options.naccept !== undefined && { acceptCount: options.naccept }),
  };
  if (settings.sessionIdContext.length > longestContext) await refuseForContext(prepared, common);
  else await runApp(prepared, terminal, common);
}

/** telling returns the facts of the run, and who tells people, where anybody hears them. */
async function telling(
  prepared: Prepared,
  outputs: Outputs,
  { readByPerson }: Terminal,
  { run, reporter }: Listeners,
): Promise<Partial<Narration>> {
  const isHeard = run !== undefined || reporter !== undefined;
  if (prepared.facts === undefined && !isHeard && !narrates(prepared, readByPerson)) return {};
  const { narration } = await import('./narration.ts');
  const hear = (fact: Fact) => {
    run?.hear(fact);
    reporter?.hear(fact);
  };
  return narration(prepared, outputs, { readByPerson, hear });
}

function outputsOf({ output }: Prepared, terminal: Terminal): Outputs {
  return {
    out: (text) => output.out(text),
    err: (text) => output.err(text),
    raw: (bytes) => terminal.raw(bytes),
    backlog: terminal.backlog,
  };
}

function statisticsOf({ settings, options }: Prepared): string {
  const items = settings.sessionCache === 'external' ? 0 : settings.sessions.size;
  return statisticsText(settings.statistics, { items, size: cacheSize(options) });
}

function newEngine(prepared: Prepared, conversation: Omit<TlsEngineOptions, 'settings'>): Engine {
  const { options, settings } = prepared;
  const engine = new TlsEngine({ settings: prepared.completed(), ...conversation });
  // A datagram must be read in one piece.
  return options.nbio_test && !settings.datagrams ? new ShortIo(engine, (most) => randomInt(1, most + 1)) : engine;
}

/** observing returns what makes the observer of each connection, of all that the options print. */
async function observing(prepared: Prepared, { flushesLines }: Terminal): Promise<NonNullable<AppOptions['observe']>> {
  const { settings, options, keyLog, capture } = prepared;
  const { nameText } = nameLines(nameFlagsFrom(options.nameopt));
  const statusLines =
    settings.ocsp && (await import('../diagnostics/certificate-status-lines.ts')).certificateStatusLines;
  const trace = messageOption(prepared) === 'trace' && (await import('../diagnostics/trace/trace.ts')).protocolTrace;
  const peerText = isForPeople(options, flushesLines) ? escaped : String;
  let connections = 0;
  return (to) =>
    joinObservers([
      negotiationNotes(to, { nameText, peerText }),
      ...(statusLines ? [statusLines(to)] : []),
      ...watchers(prepared, to, { connection: connections++, flushesLines }),
      ...(trace ? [trace(tracePrinter(prepared, to, flushesLines), traceNaming(prepared, flushesLines))] : []),
      ...(keyLog ? [keyLog.observer()] : []),
      ...(capture ? [capture.observer] : []),
    ]);
}

/**
 * printHints prints on stderr, once everything has succeeded, an address and certificate that the user cannot know.
 */
async function printHints(
  { address, answers, options, output, selfMade, web, verdicts }: Prepared,
  listener: Accepting,
): Promise<void> {
  const isPort = !('path' in address);
  const isChosen = isPort && listener.acceptLine !== 'ACCEPT';
  if (isChosen && isSilenced(options)) output.err(`${listener.acceptLine}\n`);
  if (selfMade === undefined || verdicts?.command !== undefined) return;
  const { hintsAbout } = await import('./credentials/self-made-identity.ts');
  const bound = isPort ? { ...address, port: String(listener.port) } : address;
  output.err(hintsAbout(selfMade, bound, web !== undefined || answers || verdicts !== undefined));
}

/** reportMtuFault reports after serving has begun, as the reference does. */
function reportMtuFault(
  fault: string,
  { line, statistics, output }: { readonly line: string; readonly statistics: string; readonly output: Output },
): void {
  output.out(`${line}\n`);
  output.err(fault);
  output.out(`shutting down SSL\nCONNECTION CLOSED\n${statistics}`);
}

async function runApp(prepared: Prepared, terminal: Terminal, common: Served): Promise<void> {
  const { options, settings, web } = prepared;
  const names = nameLines(nameFlagsFrom(options.nameopt));
  const report = { ...names, renegotiationDisabled: options.no_renegotiation === true };
  if (web !== undefined) {
    const { statusPage } = await import('../diagnostics/status-page.ts');
    const { certificateText } = await import('../diagnostics/certificate/certificate-text.ts');
    // `-nameopt` does not apply here.
    const compactText = (certificate: Uint8Array) => certificateText(certificate, nameFormats.compat);
    const commandLine = ['s_server', ...terminal.words];
    const cipherSuites = [...settings.cipherSuites13, ...settings.cipherSuites];
    await runWebApp(prepared, {
      ...common,
      quiet: options.quiet === true,
      page: (info) => {
        reportGroupDecisions(prepared, info, common.outputs);
        const statistics = common.statistics();
        return statusPage({ ...names, certificateText: compactText, commandLine, cipherSuites, info, statistics });
      },
    });
  } else if (options.rev) {
    const { runReverseEcho } = await import('../apps/reverse-echo.ts');
    await runReverseEcho({ ...common, report, ignoreClose: options.ign_eof === true });
  } else if (prepared.answers) {
    const { runAnswering } = await import('../apps/answering.ts');
    await runAnswering({ ...common, datagrams: settings.datagrams !== undefined });
  } else {
    await runTerminal({
      ...common,
      report,
      input: terminal.input,
      mode: options.brief ? 'brief' : options.quiet ? 'quiet' : 'normal',
      crlf: options.crlf === true,
      ignoreEof: options.ign_eof === true,
      closeNotify: options.close_notify === true,
      earlyData: options.early_data === true,
      requiresCookie: options.stateless === true,
      bufferedStatistics: !terminal.flushesLines,
      reported: (info, to) => reportGroupDecisions(prepared, info, to),
      ...exporter(options),
    });
  }
}

async function runWebApp({ web, options, given, loaded }: Prepared, common: StatusServerOptions): Promise<void> {
  if (web === 'WWW' || web === 'HTTP') {
    const { runFileServer } = await import('../apps/file-server.ts');
    const { SecretFiles } = await import('../apps/secret-files.ts');
    await runFileServer({
      ...common,
      mode: web,
      directory: '.',
      secrets: new SecretFiles(secretFileNames(given, loaded), captureFileNames(given)),
      wantsSendfile: options.sendfile === true,
      openMode: options.http_server_binmode ? 'rb' : 'r',
    });
  } else {
    const { runStatusServer } = await import('../apps/status-server.ts');
    await runStatusServer(common);
  }
}

/** exporter returns the settings of `-keymatexport`. */
function exporter({ keymatexport: label, keymatexportlen: length = 20 }: Options) {
  return label === undefined ? {} : { exporter: { label, length } };
}
