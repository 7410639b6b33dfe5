import type { ProblemName } from '../../names/problems.ts';
import { broken, type Explanation, type Seen } from './seen.ts';

/** Versions of the protocol, and what does not begin as TLS at all. */
export const versionExplanations = {
  unsupportedProtocol: noVersion,
  versionTooLow: noVersion,
  wrongSslVersion: broken('the client renegotiates with an older version than the one that the connection has'),
  badLegacyVersion: broken('the version field of the ClientHello does not go with the versions that it lists'),
  unknownProtocol: broken('the ClientHello names a version that is no version of TLS'),
  wrongVersionNumber: ({ hello }) =>
    hello === undefined
      ? [
          'the first bytes of the client are no TLS record',
          'it speaks another protocol on this port, or begins in clear and asks for TLS later (STARTTLS): see -debug',
        ]
      : [
          'a record of the client names another version than the one agreed on',
          'change the client; -debug shows the record',
        ],
  httpRequest: () => ['the client speaks plain HTTP to a TLS port', 'use https:// and not http:// in its address'],
  httpsProxyRequest: () => [
    'the client takes us for a proxy: it sent CONNECT in clear',
    'take this address out of the proxy settings of the client',
  ],
} satisfies Partial<Record<ProblemName, Explanation>>;

function noVersion(seen: Seen): readonly string[] {
  return [`client offers ${seen.offeredVersions}`, `we speak ${seen.ours('version')}`, advice(seen)];
}

function advice({ hello }: Seen): string {
  const codes = hello === undefined ? [] : [hello.legacyVersion, ...hello.versions].map(({ code }) => code);
  if (codes.some((code) => code >>> 8 === 0xfe))
    return 'allow an older one with -dtls1 and -cipher DEFAULT:@SECLEVEL=0, or update the client';
  const highest = Math.max(...codes.filter((code) => code >>> 8 === 3), 0);
  if (highest >= 0x0303)
    return 'take back the option that excludes it (-no_tls1_2, -tls1_3, -min_protocol ...), or change the client';
  const flag = optionsByVersion.get(highest);
  if (flag === undefined) return 'change the client: no server speaks its version any more';
  return `serve it with ${flag} -cipher DEFAULT:@SECLEVEL=0, or give the client TLS 1.2 or later`;
}

const optionsByVersion = new Map([
  [0x0300, '-ssl3'],
  [0x0301, '-tls1'],
  [0x0302, '-tls1_1'],
]);
