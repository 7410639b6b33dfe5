import type { Outputs } from '../../apps/printing/outputs.ts';
import type { Observer } from '../../connection/observer.ts';
import { extensionLines } from '../../diagnostics/handshake/extension-lines.ts';
import { pskLines } from '../../diagnostics/handshake/psk-lines.ts';
import { type StateLines, stateLines } from '../../diagnostics/handshake/state-lines.ts';
import { messageDump } from '../../diagnostics/message-dump.ts';
import type { MessageFile } from '../../diagnostics/message-file.ts';
import type { Naming } from '../../diagnostics/trace/trace-fields.ts';
import { type TransportDump, transportDump } from '../../diagnostics/transport-dump.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import type { Given } from '../arguments/given.ts';
import type { WebMode } from '../command-line/web-mode.ts';
import type { Options } from '../options/index.ts';
import { securityWatcher } from './security-watcher.ts';

/** Watched is the part of the preparation that decides about printing. */
export interface Watched {
  readonly options: Options;
  /** Every option in the order of the command line. */
  readonly given: readonly Given[];
  readonly settings: Settings;
  readonly web: WebMode | undefined;
  /** The output file of `-msg` and `-trace`, if not stdout. */
  readonly messageFile: MessageFile | undefined;
}

/** ProtocolWatchers print the protocol. */
export interface ProtocolWatchers {
  readonly observers: readonly Observer[];
  /** Called when the handshake waits for the client, which the reference reports on a non-blocking socket. */
  blocked(): void;
}

/** Beginning is known of a connection before it begins. */
export interface Beginning {
  /** Number of the connection in this run. */
  readonly connection: number;
  /** True if stdout is a terminal, on which every line must appear at once. */
  readonly flushesLines: boolean;
}

/** protocolWatchers makes the watchers that the options ask for. */
export function protocolWatchers(
  prepared: Watched,
  to: Outputs,
  { connection, flushesLines }: Beginning,
): ProtocolWatchers {
  const { options } = prepared;
  const out = (text: string) => to.out(text);
  const err = (text: string) => to.err(text);
  const late = (text: string) => (flushesLines || to.late === undefined ? to.out(text) : to.late(text));
  const transport: TransportDump | undefined = options.debug && transportDump({ out, late, connection });
  const states: StateLines | undefined = options.state && stateLines(err);
  return {
    observers: [
      ...(transport ? [transport, pskLines(out)] : []),
      ...(messageOption(prepared) === 'msg' ? [messageDump(messagePrinter(prepared, to))] : []),
      ...(states ? [states] : []),
      ...(options.tlsextdebug ? [extensionLines(out)] : []),
      securityWatcher(options, to),
    ],
    blocked() {
      transport?.blocked();
      states?.blocked();
    },
  };
}

/** messagePrinter prints for `-msg` and `-trace`, which `-quiet` does not suppress. */
function messagePrinter({ messageFile, options }: Watched, to: Outputs): (text: string) => void {
  if (messageFile !== undefined) return (text) => messageFile.write(text);
  const isSilenced = (options.quiet ?? options.brief) === true && options.debug !== true;
  return isSilenced ? (text) => to.raw(Buffer.from(text, 'utf8')) : (text) => to.out(text);
}

/** traceNaming is the reference's where a program may read the trace, unless `-explain` is given. */
export function traceNaming({ options, messageFile }: Watched, flushesLines: boolean): Naming {
  return isForPeople(options, flushesLines && messageFile === undefined) ? 'all' : 'reference';
}

/** isForPeople reports if what is printed need not be the reference's, byte for byte. */
export function isForPeople({ explain }: Options, isTerminal: boolean): boolean {
  return explain === true || isTerminal;
}

/** tracePrinter prints for `-trace`. The reference does not flush there, as its output shows when it is no terminal. */
export function tracePrinter(prepared: Watched, to: Outputs, flushesLines: boolean): (text: string) => void {
  if (flushesLines || prepared.messageFile !== undefined) return messagePrinter(prepared, to);
  return to.late ? (text) => to.late?.(text) : messagePrinter(prepared, to);
}

/** messageOption returns the last of `-msg` and `-trace`. */
export function messageOption({ given }: Watched): string | undefined {
  return given.findLast(({ name }) => name === 'msg' || name === 'trace')?.name;
}
