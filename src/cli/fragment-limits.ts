import type { Options } from './options/index.ts';
import { Stop } from './stop.ts';

/** The ranges of the sizes of records and of the number of pipelines. @throws {Stop} */
export function fragmentLimits(options: Options): void {
  const largest = options.max_send_frag ?? 16384;
  within(512, 16384, 'Max send fragment size', options.max_send_frag);
  within(1, largest, 'Split send fragment size', options.split_send_frag);
  within(1, 32, 'Max pipelines', options.max_pipelines);
}

function within(least: number, most: number, what: string, value: number | undefined): void {
  if (value === undefined || (value >= least && value <= most)) return;
  throw new Stop(`s_server: ${what} ${value} is out of permitted range\n`);
}
