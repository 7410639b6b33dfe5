import { randomInt } from 'node:crypto';
import type { Outputs } from '../../apps/printing/outputs.ts';
import type { Observer } from '../../connection/observer.ts';
import { brokenLines } from '../../diagnostics/broken-lines.ts';
import { nameLines } from '../../diagnostics/name-lines.ts';
import { delays, shortDelays } from '../../diagnostics/progress-words.ts';
import { verifyLines } from '../../diagnostics/verify-lines.ts';
import { nameFlagsFrom } from '../../x509/asn1/name-options.ts';
import { type Beginning, protocolWatchers, type Watched } from './protocol-watchers.ts';

/**
 * watchers makes the observers of a connection that begins now: of the transport, broken clients, client certificates,
 * and the protocol.
 */
export function watchers(prepared: Watched, to: Outputs, beginning: Beginning): readonly Observer[] {
  const { settings, options, web } = prepared;
  const isQuiet = options.quiet === true || options.brief === true;
  const waits = isNonBlocking(options) && options.rev === undefined;
  if (waits && !isQuiet) to.err('Turned on non blocking io\n');
  const streams = { out: (text: string) => to.out(text), err: (text: string) => to.err(text) };
  const { observers, blocked } = protocolWatchers(prepared, to, beginning);
  return [
    ...(settings.toleratesBroken ? [brokenLines(streams)] : []),
    ...(waits && web === undefined ? [delays(streams, blocked)] : []),
    ...(waits && web === undefined && options.nbio_test ? [shortDelays(streams, () => randomInt(8))] : []),
    verification(prepared, streams),
    ...observers,
  ];
}

function verification({ settings, options }: Watched, { err }: { err(text: string): void }): Observer {
  return verifyLines({
    err,
    nameText: nameLines(nameFlagsFrom(options.nameopt)).nameText,
    quiet: options.verify_quiet === true || options.brief === true,
    goesOn: (error, depth) => settings.clientAuthentication?.goesOn?.(error, depth) === true,
  });
}

function isNonBlocking({ nbio, nbio_test }: Watched['options']): boolean {
  return nbio === true || nbio_test === true;
}
