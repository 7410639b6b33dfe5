import { onceEach } from '../arguments/argument-checks.ts';
import type { ServerRow } from './row.ts';

/** Extra certificates, chosen per connection. */
export const extendedCertificate = [
  {
    name: 'xkey',
    takes: 'infile',
    help: 'key for Extended certificates',
    effect: 'key of an extra certificate',
    conflicts: 'twice: "s_server: Key already specified"',
    since: '1.0.2',
    check: (_, parsing) => onceEach('xkey', 'Key', parsing),
  },
  {
    name: 'xcert',
    takes: 'infile',
    help: 'cert for Extended certificates',
    effect: 'extra certificate, repeatable',
    conflicts: "'Could not open file or uri for loading cert of Server Certificate from F', exit 1",
    since: '1.0.2',
  },
  {
    name: 'xchain',
    takes: 'infile',
    help: 'chain for Extended certificates',
    effect: 'its chain',
    conflicts: 'twice: "s_server: Chain already specified"',
    since: '1.0.2',
    check: (_, parsing) => onceEach('xchain', 'Chain', parsing),
  },
  {
    name: 'xchain_build',
    takes: 'flag',
    help: 'build certificate chain for the extended certificates',
    effect: 'build its chain',
    since: '1.0.2',
  },
  {
    name: 'xcertform',
    takes: 'PEM|DER',
    help: 'format of Extended certificate (PEM/DER/P12); has no effect',
    effect: 'form that it must have',
    conflicts: 'bad: Bad format + summary',
    since: '1.0.2',
  },
  {
    name: 'xkeyform',
    takes: 'PEM|DER',
    help: "format of Extended certificate's key (DER/PEM/P12); has no effect",
    effect: 'form that its key must have',
    conflicts: 'bad: Bad format + summary',
    since: '1.0.2',
  },
] as const satisfies readonly ServerRow[];
