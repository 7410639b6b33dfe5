import { useSrtp as kind } from '../../messages/extensions/use-srtp.ts';
import type { Flow } from '../flow/flow.ts';
import { serverExtension } from './extension.ts';
import { offer, refine } from './offer.ts';

/** RFC 5764 section 4.1.1. Unused over streams. A master key identifier (MKI) is ignored. */
export const useSrtp = serverExtension(kind, {
  versions: 'any',
  offer: refine(
    offer(kind, { where: 'tls_parse_ctos_use_srtp', malformed: 'badSrtpProtectionProfileList' }),
    ({ profiles }) => profiles,
  ),
  isOn: ({ datagrams, srtpProfiles = [] }) => datagrams !== undefined && srtpProfiles.length > 0,
  choose: chosenProfile,
  answers: {
    serverHello12: (_round, profile) =>
      profile === undefined ? undefined : { profiles: [profile], masterKeyIdentifier: new Uint8Array(0) },
  },
});

/** The first of our profiles that the client offers; undefined when none is shared. */
function chosenProfile(
  offered: readonly number[] | undefined,
  { settings: { srtpProfiles = [] } }: Flow,
): number | undefined {
  return srtpProfiles.find((code) => offered?.includes(code));
}
