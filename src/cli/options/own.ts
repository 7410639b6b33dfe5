import { Version } from '../../names/versions.ts';
import type { ServerRow } from './row.ts';

/** Options that the help of the reference does not have: left out of its build, or ours. */
export const own = [
  {
    name: 'ssl3',
    takes: 'flag',
    help: 'Just talk SSLv3',
    effect: 'only SSL 3.0',
    conflicts: `two protocol flags: "Cannot supply multiple protocol flags"; with -no_X: "Cannot supply both a protocol flag and '-no_<prot>'", exit 1`,
    versions: 'SSL 3.0',
    since: 'before 1.0',
    only: Version.SSLv3,
  },
  {
    name: 'sctp',
    takes: 'flag',
    help: 'Use SCTP',
    effect: 'SCTP transport',
    conflicts: `without DTLS: "Can't use -sctp without DTLS", exit 1`,
    versions: 'DTLS',
    since: '1.1.0',
    platformLacks: 'SCTP',
  },
  {
    name: 'sctp_label_bug',
    takes: 'flag',
    help: 'Use the label length of old releases for SCTP',
    effect: 'old label length behaviour',
    versions: 'DTLS/SCTP',
    since: '1.1.1',
    platformLacks: 'SCTP',
  },
  {
    name: 'close_notify',
    takes: 'flag',
    help: 'Answer q, Q and end of input with close_notify',
    effect: 'keys q and Q and end of input send close_notify before the connection closes',
    since: 'ours',
  },
  {
    name: 'record_size_limit',
    takes: '+int',
    help: 'Largest record to accept, announced with RFC 8449',
    effect: 'send record_size_limit (RFC 8449) with this many bytes',
    versions: 'TLS 1.0+',
    since: 'ours',
  },
] as const satisfies readonly ServerRow[];
