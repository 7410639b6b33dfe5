import { Version } from '../../names/versions.ts';
import type { ServerRow } from './row.ts';

/** Options missing in the reference's help: left out of its build, or ours. */
export const own = [
  {
    name: 'version',
    takes: 'flag',
    help: 'Display the version of this program, of Node.js and of the OpenSSL inside',
    effect: 'print the versions on stdout and stop',
    conflicts: 'what comes before it on the line is still checked',
    since: 'ours',
  },
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
    name: 'json',
    takes: 'outfile',
    help: 'Tell what happens as JSON, a line each (file, - or fd:N)',
    effect:
      'write every fact as one line of JSON (see facts.md) to a file, an open descriptor (`fd:N`) or with `-` to stdout, which then holds nothing else: what people read goes to stderr',
    conflicts:
      '"Error writing file F", exit 1; with another output on stdout: "Only one output can be on stdout", exit 1',
    since: 'ours',
    stdoutWords: ['-', 'fd:1'],
  },
  {
    name: 'json_bytes',
    takes: 'flag',
    help: 'With -json: the bytes of each handshake message',
    effect: 'with `-json` facts of messages have their bytes',
    conflicts: `without -json: "Can't use -json_bytes without -json", exit 1`,
    since: 'ours',
  },
  {
    name: 'json_records',
    takes: 'flag',
    help: 'With -json: a fact for each record',
    effect: 'with `-json` every record is a fact',
    conflicts: `without -json: "Can't use -json_records without -json", exit 1`,
    since: 'ours',
  },
  {
    name: 'json_data',
    takes: 'flag',
    help: 'With -json: the content of application data',
    effect: 'with `-json` facts of application data have its bytes',
    conflicts: `without -json: "Can't use -json_data without -json", exit 1`,
    since: 'ours',
  },
  {
    name: 'pcapng',
    takes: 'outfile',
    help: 'Write the traffic with its secrets to file, for Wireshark; - is stdout',
    effect: `the traffic of every connection as a pcapng capture (IP packets, LINKTYPE_RAW) with the secrets that decrypt it; the file is made with mode 0600; "-" is stdout, and what people read goes to stderr then; docs/captures.md has examples`,
    conflicts: `"Can't open capture file F", exit 1; with another output on stdout: "Only one output can be on stdout", exit 1`,
    since: 'ours',
    stdoutWords: ['-'],
  },
  {
    name: 'explain',
    takes: 'flag',
    help: 'Tell who connects, what is agreed on and why it fails; default on a terminal',
    effect:
      'on stderr a heading before each block that is printed about a connection (`#3 127.0.0.1:51234 connected`), a line about what its handshake came to, and behind the error lines of one that fails why it failed and what can be changed. With `-json` the fact `failed` has the same lines without this option. `-trace` names code points that OpenSSL 3.0 prints as `UNKNOWN`',
    default:
      'on where stderr is a terminal, unless `-quiet` is given, and for `-trace` where stdout is one; off elsewhere',
    since: 'ours',
  },
  {
    name: 'no_color',
    takes: 'flag',
    help: 'No colours in what -explain tells',
    effect:
      'headings and results have no colours; neither have they with the variable NO_COLOR set, or where stderr is no terminal',
    since: 'ours',
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
  {
    name: 'cid',
    takes: 'int',
    help: 'Use connection ids, ours with so many bytes (RFC 9146)',
    effect:
      'clients of DTLS 1.2 that offer the extension get a connection id of 0 to 20 bytes, and are found by it when their address changes; theirs stands in our records. 0: theirs only',
    conflicts: `without DTLS: "Can't use -cid without DTLS"; "s_server: Connection id length N is out of permitted range", exit 1`,
    versions: 'DTLS 1.2',
    since: 'ours',
  },
  {
    name: 'psk_file',
    takes: 'infile',
    help: 'Take pre-shared keys from file, a line identity:hex each',
    effect:
      'clients with an identity of the file and its key are served, no others: `sensor-1:00112233445566778899aabbccddeeff`, with blank lines and comments (#), as for gnutls-serv. The last colon ends the identity; a later line with the same identity replaces the earlier one, which is told. `-psk` adds its key for each `-psk_identity`, as it does where there are several of these. An unknown identity looks to the client like a wrong key; in TLS 1.3 it is served with a certificate, if there is one',
    conflicts: '"PSK file F, line N: ...", exit 1',
    versions: 'all; TLS 1.3 with SHA-256 suites',
    since: 'ours',
  },
] as const satisfies readonly ServerRow[];
