import { type CipherSuite, cipherSuite } from '../../names/cipher-suites.ts';
import { Version } from '../../names/versions.ts';
import type { Telling } from '../flow/telling.ts';
import { preferredSuites, prefersSha256, type SuiteQuestion, servesUpTo12 } from '../hello/suite-choice.ts';
import { allowsSuite } from '../policy/security-level.ts';
import { told } from './asking.ts';
import { tellSharedGroups } from './groups.ts';

/** Reports the choice of the suite. `peerGroups` are the client's groups. */
export function tellSuiteChoice(
  tell: Telling,
  suites: SuiteQuestion,
  peerGroups: readonly number[] | undefined,
): CipherSuite | undefined {
  if (tell.decision === undefined) return undefined;
  const { settings, version, offered } = suites;
  const isTls13 = version >= Version['TLSv1.3'];
  const asking = { tell, settings };
  const ours = isTls13 ? settings.cipherSuites13 : settings.cipherSuites;
  const isOfVersion = ({ minVersion, maxVersion }: CipherSuite) => minVersion <= version && version <= maxVersion;
  const theirs = offered.map(cipherSuite).filter((suite) => suite !== undefined);
  const candidates = settings.serverPreference ? preferredSuites(settings, ours, offered) : theirs;
  const other = settings.serverPreference ? theirs : ours;
  // The existence of a group is checked suite by suite.
  const serves = isTls13 ? () => true : servesUpTo12(suites, 'askedFor');
  let settled: CipherSuite | undefined;
  for (const suite of candidates.filter(isOfVersion)) {
    if (!serves(suite)) continue;
    if (suite.keyExchange === 'ECDHE' && !isTls13 && !tellSharedGroups(asking, version, peerGroups)) continue;
    if (!other.includes(suite)) continue;
    const allowed = allowsSuite(settings.securityLevel, suite);
    if (!told(asking, { what: `Shared Ciphersuite=${suite.name}`, bits: suite.strengthBits, allowed })) continue;
    settled ??= suite;
    if (suite.prf !== 'sha384' || !prefersSha256(suites)) return suite;
  }
  return settled;
}
