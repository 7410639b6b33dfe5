import { encodeExtension } from '../../messages/extensions/extension.ts';
import { useSrtp as kind } from '../../messages/extensions/use-srtp.ts';
import type { Settings } from '../settings.ts';
import type { Answer } from './answer.ts';
import { offer } from './offer.ts';

/** RFC 5764 section 4.1.1 */
const useSrtp = offer(kind, { where: 'tls_parse_ctos_use_srtp', malformed: 'badSrtpProtectionProfileList' });

/**
 * The first of our profiles that the client names too; undefined where none is shared, and over streams, where the
 * extension has no meaning. An identifier of a master key (MKI) is passed over.
 */
export function chooseSrtpProfile(
  { datagrams, srtpProfiles: ours = [] }: Settings,
  extensions: ReadonlyMap<number, Uint8Array>,
): number | undefined {
  const body = extensions.get(kind.code);
  if (body === undefined || datagrams === undefined || ours.length === 0) return undefined;
  const { profiles } = useSrtp.read(body);
  return ours.find((code) => profiles.includes(code));
}

export const answerUseSrtp: Answer = ({ srtpProfile }) =>
  srtpProfile === undefined
    ? undefined
    : encodeExtension(kind, 'serverHello', { profiles: [srtpProfile], masterKeyIdentifier: new Uint8Array(0) });
