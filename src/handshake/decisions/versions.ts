import { supportedVersions } from '../../messages/extensions/supported-versions.ts';
import { dtlsVersionOf, Version, versionLabel } from '../../names/versions.ts';
import type { Settings } from '../flow/settings.ts';
import type { Telling } from '../flow/telling.ts';
import type { Hello } from '../hello/client-hello.ts';
import { datagramCeiling, hasKeyForTls13 } from '../hello/version-choice.ts';
import { allowsVersion } from '../policy/security-level.ts';
import { told } from './asking.ts';

interface Versions {
  readonly tell: Pick<Telling, 'decision'>;
  readonly settings: Settings;
}

/** Reports the start of the state machine: its own version, and in the first handshake every candidate. */
export function tellStart(asking: Versions, version: number, handshake: 'first' | 'later'): void {
  if (asking.tell.decision === undefined) return;
  ask(asking, version);
  if (handshake === 'first') for (const candidate of candidates(asking)) isUsable(asking, candidate);
}

/** With early data and with cookies, the reference leaves its state machine once and restarts it. */
export function tellPause(asking: Versions): void {
  const { earlyData, cookieKeys } = asking.settings;
  if (earlyData?.accepts || cookieKeys !== undefined) tellStart(asking, Version['TLSv1.3'], 'later');
}

/** Reports the choice of the version and the downgrade check. */
export function tellVersionChoice(asking: Versions, hello: Hello): void {
  if (asking.tell.decision === undefined) return;
  const chosen = choice(asking, hello);
  const isSupported = (version: number) =>
    isUsable(asking, version) && (version !== Version['TLSv1.3'] || hasKeyForTls13(asking.settings, hello));
  if (asking.settings.datagrams) return;
  if (chosen === Version['TLSv1.2']) isSupported(Version['TLSv1.3']);
  else if (chosen !== undefined && chosen < Version['TLSv1.2']) isSupported(Version['TLSv1.2']);
}

/** Reports the check of a client's fallback signal: the highest version counts. */
export function tellFallback(asking: Versions): void {
  if (asking.tell.decision !== undefined) candidates(asking).find((version) => isUsable(asking, version));
}

function choice(asking: Versions, hello: Hello): number | undefined {
  const { extensions } = hello;
  const { legacyVersion } = hello.message;
  if (asking.settings.datagrams) {
    const ceiling = datagramCeiling(legacyVersion);
    return candidates(asking).find((version) => version <= ceiling && isUsable(asking, version));
  }
  const body = extensions.get(supportedVersions.code);
  if (body === undefined) {
    const ceiling = Math.min(legacyVersion, Version['TLSv1.2']);
    return known.find((version) => version <= ceiling && isUsable(asking, version));
  }
  if (legacyVersion <= Version.SSLv3) return undefined;
  let best = 0;
  for (const version of listed(body)) {
    if (version <= best || !known.includes(version) || !isUsable(asking, version)) continue;
    if (version !== Version['TLSv1.3'] || hasKeyForTls13(asking.settings, hello)) best = version;
  }
  return best === 0 ? undefined : best;
}

/** The versions up to the end of the readable part. */
function listed(body: Uint8Array): number[] {
  const versions: number[] = [];
  for (let at = 1; at + 1 < body.length; at += 2) {
    versions.push(((body[at] as number) << 8) | (body[at + 1] as number));
  }
  return versions;
}

/** The lower bound is checked before the security level, all else after it. */
function isUsable(asking: Versions, version: number): boolean {
  const { minVersion, maxVersion, disabledVersions } = asking.settings;
  if (version < minVersion || !ask(asking, version)) return false;
  return version <= maxVersion && !disabledVersions.has(version);
}

function ask(asking: Versions, version: number): boolean {
  const isOfDatagrams = asking.settings.datagrams && version >= Version.SSLv3;
  const asked = isOfDatagrams ? dtlsVersionOf(version) : version;
  const allowed = allowsVersion(asking.settings.securityLevel, asked);
  // OpenSSL 3.0 has no name for DTLS 1.2 here.
  const name = asked === Version['DTLSv1.2'] ? undefined : versionLabel(asked);
  return told(asking, { what: `Version=${name ?? '???'}`, allowed });
}

function candidates({ settings }: Versions): readonly number[] {
  return settings.datagrams ? knownOnDatagrams : known;
}

/** By the TLS versions they derive from. The last one is never chosen, but checked. */
const knownOnDatagrams: readonly number[] = [Version['TLSv1.2'], Version['TLSv1.1'], Version['DTLSv0.9']];

/** Highest first. */
const known: readonly number[] = [
  Version['TLSv1.3'],
  Version['TLSv1.2'],
  Version['TLSv1.1'],
  Version.TLSv1,
  Version.SSLv3,
];
