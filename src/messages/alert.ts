import { named, struct, u8, type ValueOf } from '../bytes/wire.ts';

export const AlertLevel = { warning: 1, fatal: 2 } as const;

/** RFC 8446 section 6. The names of descriptions are in the table of alerts. */
export const Alert = struct({ level: named(u8, levelName), description: u8 });
export type Alert = ValueOf<typeof Alert>;

function levelName(code: number): string | undefined {
  if (code === AlertLevel.warning) return 'warning';
  if (code === AlertLevel.fatal) return 'fatal';
  return undefined;
}
