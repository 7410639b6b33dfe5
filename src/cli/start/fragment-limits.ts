import type { Options } from '../options/index.ts';
import { Stop } from '../output/stop.ts';

/**
 * fragmentLimits checks the sizes and the number of pipelines and returns the maximum content bytes of a record.
 * Pipelines need an engine that has them: without one `-split_send_frag` acts as `-max_send_frag` does, and
 * `-max_pipelines` and `-read_buf` change nothing on the wire.
 * @throws {Stop}
 */
export function fragmentLimits(options: Options): number {
  const largest = options.max_send_frag ?? 16384;
  within(512, 16384, 'Max send fragment size', options.max_send_frag);
  within(1, largest, 'Split send fragment size', options.split_send_frag);
  within(1, 32, 'Max pipelines', options.max_pipelines);
  return Math.min(largest, options.split_send_frag ?? largest);
}

/** @throws {Stop} */
export function within(least: number, most: number, what: string, value: number | undefined): void {
  if (value === undefined || (value >= least && value <= most)) return;
  throw new Stop(`s_server: ${what} ${value} is out of permitted range\n`);
}

/** limitOfRecordSize checks a limit of RFC 8449 section 4. @throws {Stop} for one that no record can have */
export function limitOfRecordSize(limit: number): number {
  within(64, 16385, 'Record size limit', limit);
  return limit;
}
