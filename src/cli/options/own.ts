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
  {
    name: 'pcapng',
    takes: 'outfile',
    help: 'Write the traffic with its secrets to file, for Wireshark; - is stdout',
    effect: `the traffic of every connection as a pcapng capture (IP packets, LINKTYPE_RAW) with the secrets that decrypt it; the file is made with mode 0600; "-" is stdout, and what people read goes to stderr then; docs/captures.md has examples`,
    conflicts: `"Can't open capture file F", exit 1; with another output on stdout: "Only one output can be on stdout", exit 1`,
    since: 'ours',
    mayBeStdout: true,
  },
  {
    name: 'pcapng_nosecrets',
    takes: 'flag',
    help: 'Leave the secrets out of the capture',
    effect: 'the capture has no secrets: it can be shown to others, and cannot be decrypted without a key log',
    conflicts: `without -pcapng: "Can't use -pcapng_nosecrets or -pcapng_size without -pcapng", exit 1`,
    since: 'ours',
  },
  {
    name: 'pcapng_size',
    takes: '+int',
    help: 'Go on in FILE.1, FILE.2 ... after so many MiB of capture',
    effect:
      'no file of the capture becomes larger than this many MiB: it goes on in FILE.1, then in FILE.2 and so on; no file is renamed or removed',
    conflicts: `with "-pcapng -": "Can't use -pcapng_size with a capture on stdout", exit 1`,
    since: 'ours',
  },
] as const satisfies readonly ServerRow[];
