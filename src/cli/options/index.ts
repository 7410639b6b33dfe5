import { behaviour } from './behaviour.ts';
import { debug } from './debug.ts';
import { extendedCertificate } from './extended-certificate.ts';
import { general } from './general.ts';
import { identity } from './identity.ts';
import { network } from './network.ts';
import { newer } from './newer.ts';
import { ocsp } from './ocsp.ts';
import { own } from './own.ts';
import { provider } from './provider.ts';
import { randomState } from './random-state.ts';
import type { ServerRow, ValuesOf } from './row.ts';
import { serverIdentity } from './server-identity.ts';
import { sslConf } from './ssl-conf.ts';
import { transmission } from './transmission.ts';
import { validation } from './validation.ts';
import { verdicts } from './verdicts.ts';
import { version } from './version.ts';

/** OptionGroup is the options after one heading of the help. */
export interface OptionGroup {
  readonly title: string;
  readonly rows: readonly ServerRow[];
}

/** The groups and their order are those of the reference's help. */
export const referenceGroups = [
  { title: 'General', rows: general },
  { title: 'Network', rows: network },
  { title: 'Identity', rows: [...identity, ...behaviour] },
  { title: 'OCSP', rows: ocsp },
  { title: 'Debug', rows: debug },
  { title: 'Network', rows: transmission },
  { title: 'Server identity', rows: serverIdentity },
  { title: 'Protocol and version', rows: version },
  { title: 'Random state', rows: randomState },
  { title: 'TLS/SSL', rows: sslConf },
  { title: 'Validation', rows: validation },
  { title: 'Extended certificate', rows: extendedCertificate },
  { title: 'Provider', rows: provider },
] as const satisfies readonly OptionGroup[];

/** Groups that the help of OpenSSL 3.0 on Debian 12 does not list. */
export const furtherGroups = [
  { title: 'Newer OpenSSL', rows: newer },
  { title: 'Own', rows: [...own, ...verdicts] },
] as const satisfies readonly OptionGroup[];

export const optionGroups: readonly OptionGroup[] = [...referenceGroups, ...furtherGroups];
export const rows: readonly ServerRow[] = optionGroups.flatMap((group) => group.rows);

/** Options are the parsed options by name; of an option given twice the last value. */
export type Options = ValuesOf<(typeof referenceGroups | typeof furtherGroups)[number]['rows'][number]>;

const byName = new Map(rows.flatMap((row) => [row.name, ...(row.aliases ?? [])].map((name) => [name, row] as const)));

/** optionNamed looks up a name or alias; names are case sensitive and never shortened. */
export function optionNamed(name: string): ServerRow | undefined {
  return byName.get(name);
}
