import type { Outputs } from '../apps/outputs.ts';
import type { Observer } from '../connection/observer.ts';
import { extensionLines } from '../diagnostics/extension-lines.ts';
import { messageDump } from '../diagnostics/message-dump.ts';
import { pskLines } from '../diagnostics/psk-lines.ts';
import { securityLines } from '../diagnostics/security-lines.ts';
import { type StateLines, stateLines } from '../diagnostics/state-lines.ts';
import { type TransportDump, transportDump } from '../diagnostics/transport-dump.ts';
import type { Prepared } from './run.ts';

/** What is printed of the protocol itself. */
export interface ProtocolWatchers {
  readonly observers: readonly Observer[];
  /** The reference's call had to wait for the client, where its socket does not block. */
  blocked(): void;
}

/** Those that the options ask for. `connection` numbers the connections of a run. */
export function protocolWatchers(prepared: Prepared, to: Outputs, connection: number): ProtocolWatchers {
  const { options, web } = prepared;
  const out = (text: string) => to.out(text);
  const err = (text: string) => to.err(text);
  const transport: TransportDump | undefined = options.debug && transportDump(out, connection);
  const states: StateLines | undefined = options.state && stateLines(err);
  const security = options.security_debug_verbose ? 'verbose' : options.security_debug && 'refused';
  const inTerminal = web === undefined && options.rev === undefined;
  return {
    observers: [
      ...(transport ? [transport, pskLines(out)] : []),
      ...(messageOption(prepared) === 'msg' ? [messageDump(messagePrinter(prepared, to))] : []),
      ...(states ? [states] : []),
      ...(options.tlsextdebug && inTerminal ? [extensionLines(out)] : []),
      ...(security ? [securityLines(err, security)] : []),
    ],
    blocked() {
      transport?.blocked();
      states?.blocked();
    },
  };
}

/** Where `-msg` and `-trace` print. `-quiet` does not silence them. */
export function messagePrinter({ messageFile }: Prepared, to: Outputs): (text: string) => void {
  if (messageFile !== undefined) return (text) => messageFile.write(text);
  return (text) => to.raw(Buffer.from(text, 'utf8'));
}

/** Of `-msg` and `-trace` the last one counts. */
export function messageOption({ given }: Prepared): string | undefined {
  return given.findLast(({ name }) => name === 'msg' || name === 'trace')?.name;
}
