import type { ProblemName } from '../../names/problems.ts';
import { broken, type Explanation, type Seen } from './seen.ts';
import { listText } from './shown.ts';

/** Groups, key shares and the values exchanged in them. */
export const groupExplanations = {
  noSuitableKeyShare: (seen) =>
    seen.hello !== undefined && !has(seen, keyShare)
      ? broken('the client offers TLS 1.3 without a key share (extension key_share)')(seen)
      : noGroup(seen),
  unsupportedEllipticCurve: noGroup,
  badKeyShare: broken(
    'the key share is for a group that the client does not list, was not asked for, or cannot be used',
  ),
  badEcpoint: broken('the key share is no point of its group, or has the wrong length'),
  missingTmpEcdhKey: broken('the client sends no public value for the key exchange on a curve'),
  missingTmpDhKey: broken('the client sends no public value for the Diffie-Hellman key exchange'),
  dhPublicValueLengthIsWrong: broken('the public value of the client has a length that does not fit its field'),
  missingSupportedGroupsExtension: broken('the client sends key shares without saying which groups it has'),
  illegalPointCompression: broken('the client insists on compressed points'),
} satisfies Partial<Record<ProblemName, Explanation>>;

function noGroup(seen: Seen): readonly string[] {
  return [
    `client has the groups ${listText(seen.hello?.groups ?? [])}`,
    `we have ${seen.ours('group')}`,
    'add one of its groups with -groups, or give the client X25519 or P-256',
  ];
}

function has({ hello }: Seen, extension: number): boolean {
  return hello?.extensions.some(({ code }) => code === extension) === true;
}

const keyShare = 51;
