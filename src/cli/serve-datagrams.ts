import type { Outputs } from '../apps/printing/outputs.ts';
import { DatagramChannel } from '../connection/datagram-channel.ts';
import { tellGreeting } from '../connection/greeting-events.ts';
import { joinObservers, type Observer } from '../connection/observer.ts';
import type { TlsEngineOptions } from '../connection/tls-engine.ts';
import { leastMtu } from '../handshake/carriers/datagram-room.ts';
import { type DatagramListener, listenForDatagrams } from '../server/listening/datagram-listener.ts';
import type { ListenFailure } from '../server/listening/listener.ts';
import type { Prepared } from './prepare.ts';
import { messageOption, protocolWatchers, traceNaming, tracePrinter } from './watchers/protocol-watchers.ts';

/** Engine options that select DTLS. */
export const engineOptions: Pick<TlsEngineOptions, 'channel'> = {
  channel: (options) => new DatagramChannel(options),
};

/** listenFor listens, and prints the greetings of peers as the options ask. */
export async function listenFor(
  prepared: Prepared,
  outputs: Outputs,
  flushesLines: boolean,
): Promise<DatagramListener | ListenFailure> {
  const { settings, address, capture } = prepared;
  const { datagrams } = settings;
  if (datagrams === undefined || 'path' in address) throw new Error('not over datagrams');
  const tell = await greetingObserver(prepared, outputs, flushesLines);
  return listenForDatagrams(address, {
    cookieKeys: datagrams.cookieKeys,
    connectionIdLength: datagrams.connectionIdLength,
    now: Date.now,
    backlog: outputs.backlog,
    greeted: (greeting, datagram) => tellGreeting(tell, greeting, datagram, settings),
    ...(capture && { passed: (way, datagram, ends) => capture.taps.passed(way, datagram, ends) }),
  });
}

/** mtuFault reports a small `-mtu`, which the reference rejects when it begins to serve; undefined: none. */
export function mtuFault({ settings }: Prepared): string | undefined {
  const { mtu = leastMtu } = settings.datagrams ?? {};
  return mtu < leastMtu ? `MTU too small. Must be at least ${leastMtu}\n` : undefined;
}

async function greetingObserver(prepared: Prepared, outputs: Outputs, flushesLines: boolean): Promise<Observer> {
  const { observers } = protocolWatchers(prepared, outputs, { connection: 0, flushesLines });
  if (messageOption(prepared) !== 'trace') return joinObservers(observers);
  const { protocolTrace } = await import('../diagnostics/trace/trace.ts');
  const trace = protocolTrace(tracePrinter(prepared, outputs, flushesLines), traceNaming(prepared, flushesLines));
  return joinObservers([...observers, trace]);
}
