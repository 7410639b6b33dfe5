import type { SecurityLevel, Settings } from '../../handshake/flow/settings.ts';
import { applyCipherList } from '../../handshake/policy/cipher-list.ts';
import { applyCiphersuites, defaultCiphersuites } from '../../handshake/policy/ciphersuites.ts';
import { applyGroups, groupSettings, ownGroups } from '../../handshake/policy/group-list.ts';
import { applySignatureAlgorithms } from '../../handshake/policy/signature-algorithm-list.ts';
import { suiteBRestrictions } from '../../handshake/policy/suite-b-policy.ts';
import { checked } from './option-value.ts';

/** Options of suites, groups and signature algorithms. */
export interface SuiteOptions {
  /** An OpenSSL cipher list; names that begin with `TLS_` are the suites of TLS 1.3. */
  readonly ciphers?: string | undefined;
  /** Group names separated by colons, or `auto`. */
  readonly ecdhCurve?: string | undefined;
  /** The same in the syntax of OpenSSL 3.5. Wins over `ecdhCurve`. */
  readonly groups?: string | undefined;
  /** Signature algorithms separated by colons. */
  readonly sigalgs?: string | undefined;
  /** Our order of suites counts, not the client's: true unless given. */
  readonly honorCipherOrder?: boolean | undefined;
  /** Security level 0 to 5, as `@SECLEVEL` in `ciphers` sets it too: 2 unless given. */
  readonly securityLevel?: SecurityLevel | undefined;
}

type SuiteSettings = Pick<
  Settings,
  'cipherSuites' | 'cipherSuites13' | 'securityLevel' | 'serverPreference' | 'groups' | 'signatureAlgorithms'
>;

/** @throws {TlsError} ERR_SERVERHELLO_INVALID_OPTION for a meaningless list */
export function suitesFrom(options: SuiteOptions): SuiteSettings {
  const suites = cipherSuitesFrom(options);
  const { sigalgs } = options;
  return {
    ...suites,
    serverPreference: options.honorCipherOrder ?? true,
    ...groupsFrom(options),
    signatureAlgorithms:
      sigalgs === undefined ? undefined : checked('sigalgs', () => applySignatureAlgorithms(sigalgs)),
    ...suiteBRestrictions(suites.suiteB),
  };
}

function cipherSuitesFrom({ ciphers, securityLevel = 2 }: SuiteOptions) {
  const names = ciphers?.split(':') ?? [];
  const names13 = names.filter((name) => name.startsWith('TLS_')).join(':');
  const others = ciphers === undefined ? 'DEFAULT' : names.filter((name) => !name.startsWith('TLS_')).join(':');
  return checked('ciphers', () => {
    const older = others === '' ? undefined : applyCipherList(others, { level: securityLevel });
    return {
      cipherSuites: older?.suites ?? [],
      cipherSuites13: names13 === '' ? defaultCiphersuites : applyCiphersuites(names13),
      securityLevel: older?.level ?? securityLevel,
      suiteB: older?.suiteB,
    };
  });
}

function groupsFrom({ ecdhCurve, groups }: SuiteOptions): ReturnType<typeof groupSettings> {
  if (groups === undefined && (ecdhCurve === undefined || ecdhCurve === 'auto')) return groupSettings(ownGroups());
  return checked(groups === undefined ? 'ecdhCurve' : 'groups', () =>
    groupSettings(applyGroups(groups ?? ecdhCurve ?? '')),
  );
}
