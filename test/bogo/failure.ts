import type { Ending } from '../../src/connection/engine.ts';
import type { Problem } from '../../src/names/problems.ts';

/** Failure ends a run: its lines go to stderr, where the runner looks for the name of the problem. */
export class Failure extends Error {}

/** failureOf describes an ending of the engine; undefined for one that is no failure of it. */
export function failureOf(ending: Ending): Failure | undefined {
  switch (ending.how) {
    case 'failed':
    case 'truncated':
      return new Failure(linesOf(ending.problem).join('\n'));
    case 'crashed':
      return new Failure(`:crashed: alert internal_error\n${ending.error.stack ?? ending.error.message}`);
    default:
      return undefined;
  }
}

/** The problem code with the alert that was sent, then the texts of all its lines. */
function linesOf({ problem, alert, lines }: Problem): string[] {
  const texts = lines.map(
    (line) => `${line.function}: ${line.text}${line.extra === undefined ? '' : ` (${line.extra})`}`,
  );
  return [`:${problem}: alert ${alert ?? 'none'}`, ...texts];
}
