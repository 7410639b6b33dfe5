import type { Outputs } from '../apps/outputs.ts';
import type { Observer } from '../connection/observer.ts';
import { brokenLines } from '../diagnostics/broken-lines.ts';
import { delays } from '../diagnostics/progress-words.ts';
import type { Prepared } from './run.ts';

/** What options about the transport and about broken clients print of a connection, which begins now. */
export function watchers({ settings, options, web }: Prepared, to: Outputs): readonly Observer[] {
  const isQuiet = options.quiet === true || options.brief === true;
  const waits = isNonBlocking(options) && options.rev === undefined;
  if (waits && !isQuiet) to.err('Turned on non blocking io\n');
  const streams = { out: (text: string) => to.out(text), err: (text: string) => to.err(text) };
  return [
    ...(settings.toleratesBroken ? [brokenLines(streams)] : []),
    ...(waits && web === undefined ? [delays(streams)] : []),
  ];
}

function isNonBlocking({ nbio, nbio_test }: Prepared['options']): boolean {
  return nbio === true || nbio_test === true;
}
