import { applyCipherList } from '../../handshake/policy/cipher-list.ts';
import { applyCiphersuites } from '../../handshake/policy/ciphersuites.ts';
import { applyGroups, applyNamedCurve, groupSettings } from '../../handshake/policy/group-list.ts';
import { protocolNamed } from '../../handshake/policy/protocol-bounds.ts';
import { applySignatureAlgorithms } from '../../handshake/policy/signature-algorithm-list.ts';
import { isDtls, tlsVersionOf, Version } from '../../names/versions.ts';
import { type Command, type Configuration, datagramBounds } from './configuration.ts';

/*
 * Commands that do more than change a value. Options of the command line and lines of a configuration file share them.
 */

/** `-cipher` and CipherString. */
export const cipherList: Command = (text, { securityLevel, suiteB: before }) => {
  const { suites, level, suiteB } = applyCipherList(text, { level: securityLevel, suiteB: before });
  return { cipherSuites: suites, securityLevel: level, suiteB };
};

/** `-ciphersuites` and Ciphersuites. */
export const ciphersuites: Command = (text) => ({ cipherSuites13: applyCiphersuites(text) });

/** `-groups`, `-curves` and their like. */
export const groupList: Command = (text) => groupSettings(applyGroups(text));

/** `-named_curve` and ECDHParameters: one group. */
export const namedCurve: Command = (text) => groupSettings(applyNamedCurve(text));

/** `-sigalgs` and SignatureAlgorithms. */
export const signatureAlgorithmList: Command = (text) => ({ signatureAlgorithms: applySignatureAlgorithms(text) });

/** `-client_sigalgs` and ClientSignatureAlgorithms. */
export const clientSignatureAlgorithmList: Command = (text) => ({
  clientSignatureAlgorithms: applySignatureAlgorithms(text),
});

/** `-min_protocol` and MinProtocol. */
export const minProtocol: Command = (word, current) => bound('minVersion', Version.TLSv1, word, current);

/** `-max_protocol` and MaxProtocol. */
export const maxProtocol: Command = (word, current) => bound('maxVersion', Version['TLSv1.3'], word, current);

/** `-num_tickets` and NumTickets. */
export const ticketNumber: Command = (text) => within(0, 0x7fffffff, Number(text), (ticketCount) => ({ ticketCount }));

/**
 * `-record_padding` and RecordPadding: one number for all records, or from OpenSSL 3.4 on two: for application data,
 * and for the others. Any other text after the first number is ignored, as by 3.0.
 */
export const paddings: Command = (text) => {
  const first = Number.parseInt(text, 10) || 0;
  const second = Number(/^\s*\d+,(\d+)/.exec(text)?.[1] ?? first);
  return within(0, 16384, first, (recordPadding) =>
    within(0, 16384, second, (handshakePadding) => ({ recordPadding, handshakePadding })),
  );
};

/** A client command, which the reference lists in its help and always refuses. */
export const refused: Command = () => undefined;

/** `-allow_no_dhe_kex`. */
export const allowPskOnly: Command = (_, { prefersPskOnly }) => ({ pskOnly: prefersPskOnly ? 'preferred' : 'allowed' });

/** `-prefer_no_dhe_kex`. Takes effect only if it is allowed too, in either order. */
export const preferPskOnly: Command = (_, { pskOnly }) => ({
  prefersPskOnly: true,
  ...(pskOnly === 'allowed' && { pskOnly: 'preferred' as const }),
});

/** Command of options that are read by name elsewhere; its position decides which refusal comes first. */
export const noChange: Command = () => ({});

/** without is `-no_tls1` and its variants. */
export function without(version: number): Command {
  return (_, { disabledVersions }) => ({ disabledVersions: new Set([...disabledVersions, version]) });
}

/** bound sets a version bound; `None` removes it. A bound for one kind of transport has no effect on the other. */
function bound(
  which: 'minVersion' | 'maxVersion',
  unbound: number,
  word: string,
  current: Configuration,
): Partial<Configuration> | undefined {
  const version = protocolNamed(word);
  if (version === undefined) return undefined;
  if (version !== 0 && !isDtls(version)) return { [which]: version };
  const limit = version === 0 ? datagramBounds[which] : tlsVersionOf(version);
  const ofDatagrams = { datagramBounds: { ...current.datagramBounds, [which]: limit } };
  return version === 0 ? { [which]: unbound, ...ofDatagrams } : ofDatagrams;
}

function within(
  least: number,
  most: number,
  value: number,
  change: (value: number) => Partial<Configuration> | undefined,
): Partial<Configuration> | undefined {
  return value >= least && value <= most ? change(value) : undefined;
}
