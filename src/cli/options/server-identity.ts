import { hexNumber } from '../arguments/argument-checks.ts';
import type { ServerRow } from './row.ts';

/** Pre-shared keys and SRP. */
export const serverIdentity = [
  {
    name: 'psk_identity',
    takes: 'string',
    help: 'PSK identity to expect',
    effect:
      'expected PSK identity; with several of them clients with one of these are served, no others (see `-psk_file`)',
    default: 'Client_identity',
    conflicts: 'mismatch: warning only (1.2), ignored PSK (1.3)',
    since: '1.0.0',
  },
  {
    name: 'psk_hint',
    takes: 'string',
    help: 'PSK identity hint to use',
    effect: 'identity hint',
    conflicts: 'with -tls1_3: "PSK warning: there is NO identity hint in TLSv1.3"',
    versions: 'TLS<=1.2, DTLS',
    since: '1.0.0',
  },
  {
    name: 'psk',
    takes: 'string',
    help: 'PSK in hex (without 0x)',
    effect: 'PSK key',
    conflicts: `"Not a hex number 'X'", exit 1`,
    versions: 'all; TLS 1.3 with SHA-256 suites',
    since: '1.0.0',
    secret: true,
    check: hexNumber,
  },
  {
    name: 'psk_session',
    takes: 'infile',
    help: 'File to read PSK SSL session from',
    effect: 'PEM session used as TLS 1.3 PSK',
    conflicts: `"Can't open PSK session file F" / "Can't read PSK session file F", exit 1`,
    versions: 'TLS 1.3',
    since: '1.1.1',
    aliases: ['psk_session_file'],
  },
  {
    name: 'srpvfile',
    takes: 'infile',
    help: '(deprecated) The verifier file for SRP',
    effect: 'SRP verifier file',
    conflicts: '"Cannot initialize SRP verifier file "F":ret=3", exit 1',
    versions: 'TLS<=1.2',
    since: '1.0.1',
    secret: true,
    aliases: ['srpval'],
  },
  {
    name: 'srpuserseed',
    takes: 'string',
    help: '(deprecated) A seed string for a default user salt',
    effect: 'seed for fake users',
    conflicts: 'needs -srpvfile',
    versions: 'TLS<=1.2',
    since: '1.0.1',
    secret: true,
  },
] as const satisfies readonly ServerRow[];
