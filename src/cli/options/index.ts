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
import { random } from './random-state.ts';
import type { Row, ValuesOf } from './row.ts';
import { serverIdentity } from './server-identity.ts';
import { sslConf } from './ssl-conf.ts';
import { transport } from './transport.ts';
import { validation } from './validation.ts';
import { version } from './version.ts';

/** The options under one heading of the help. */
export interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** The groups and their order are those of the reference's help. */
export const referenceGroups: readonly Group[] = [
  { title: 'General', rows: general },
  { title: 'Network', rows: network },
  { title: 'Identity', rows: [...identity, ...behaviour] },
  { title: 'OCSP', rows: ocsp },
  { title: 'Debug', rows: debug },
  { title: 'Network', rows: transport },
  { title: 'Server identity', rows: serverIdentity },
  { title: 'Protocol and version', rows: version },
  { title: 'Random state', rows: random },
  { title: 'TLS/SSL', rows: sslConf },
  { title: 'Validation', rows: validation },
  { title: 'Extended certificate', rows: extendedCertificate },
  { title: 'Provider', rows: provider },
];

/** What the help of OpenSSL 3.0 on Debian 12 does not list. */
export const furtherGroups: readonly Group[] = [
  { title: 'Newer OpenSSL', rows: newer },
  { title: 'Own', rows: own },
];

export const groups: readonly Group[] = [...referenceGroups, ...furtherGroups];
export const rows: readonly Row[] = groups.flatMap((group) => group.rows);

/** The parsed options by name; of an option given twice the last value. */
export type Options = ValuesOf<
  | (typeof general)[number]
  | (typeof network)[number]
  | (typeof identity)[number]
  | (typeof behaviour)[number]
  | (typeof ocsp)[number]
  | (typeof debug)[number]
  | (typeof transport)[number]
  | (typeof serverIdentity)[number]
  | (typeof version)[number]
  | (typeof random)[number]
  | (typeof sslConf)[number]
  | (typeof validation)[number]
  | (typeof extendedCertificate)[number]
  | (typeof provider)[number]
  | (typeof newer)[number]
  | (typeof own)[number]
>;

const byName = new Map(rows.flatMap((row) => [row.name, ...(row.aliases ?? [])].map((name) => [name, row] as const)));

/** By its name or one of its aliases; names are case sensitive and never shortened. */
export function optionNamed(name: string): Row | undefined {
  return byName.get(name);
}
