import type { Outputs } from '../../apps/outputs.ts';
import type { Observer } from '../../connection/observer.ts';
import { extensionLines } from '../../diagnostics/handshake/extension-lines.ts';
import { pskLines } from '../../diagnostics/handshake/psk-lines.ts';
import { type StateLines, stateLines } from '../../diagnostics/handshake/state-lines.ts';
import { messageDump } from '../../diagnostics/message-dump.ts';
import type { MessageFile } from '../../diagnostics/message-file.ts';
import { type TransportDump, transportDump } from '../../diagnostics/transport-dump.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import type { Given } from '../arguments/given.ts';
import type { WebMode } from '../command-line/web-mode.ts';
import type { Options } from '../options/index.ts';
import { securityWatcher } from './security-watcher.ts';

/** The decisions, made before a server listens, about printing. */
export interface Watched {
  readonly options: Options;
  /** Every option as it was given, in the order of the command line. */
  readonly given: readonly Given[];
  readonly settings: Settings;
  readonly web: WebMode | undefined;
  /** Where `-msg` and `-trace` print, if not on stdout. */
  readonly messageFile: MessageFile | undefined;
}

/** What is printed of the protocol itself. */
export interface ProtocolWatchers {
  readonly observers: readonly Observer[];
  /** The reference's call had to wait for the client, where its socket does not block. */
  blocked(): void;
}

/** What is known of a connection before it begins. */
export interface Beginning {
  /** Numbers the connections of a run. */
  readonly connection: number;
  /** stdout is a terminal, on which every line is to be seen at once. */
  readonly flushesLines: boolean;
}

/** Those that the options ask for. */
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

/** Where `-msg` and `-trace` print. `-quiet` does not silence them. */
function messagePrinter({ messageFile, options }: Watched, to: Outputs): (text: string) => void {
  if (messageFile !== undefined) return (text) => messageFile.write(text);
  const isSilenced = (options.quiet ?? options.brief) === true && options.debug !== true;
  return isSilenced ? (text) => to.raw(Buffer.from(text, 'utf8')) : (text) => to.out(text);
}

/** Where `-trace` prints. The reference does not flush there, which shows where its output is no terminal. */
export function tracePrinter(prepared: Watched, to: Outputs, flushesLines: boolean): (text: string) => void {
  if (flushesLines || prepared.messageFile !== undefined) return messagePrinter(prepared, to);
  return to.late ? (text) => to.late?.(text) : messagePrinter(prepared, to);
}

/** Of `-msg` and `-trace` the last one counts. */
export function messageOption({ given }: Watched): string | undefined {
  return given.findLast(({ name }) => name === 'msg' || name === 'trace')?.name;
}
