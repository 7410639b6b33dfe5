import type { ProblemName } from '../../names/problems.ts';
import { broken, type Explanation, type Seen } from './seen.ts';
import { itemText } from './shown.ts';

/** otherKey explains a handshake up to TLS 1.2 whose keys differ for the sake of a pre-shared key; undefined without one. */
export function otherKey(seen: Seen): readonly string[] | undefined {
  const { chosen, from: [identity] = [] } = seen.choice('psk') ?? {};
  if (chosen === undefined || identity === undefined || seen.failed.where !== 'handshake') return undefined;
  const name = itemText(identity);
  if (chosen === null) {
    return [
      `client names the PSK identity ${name}, which we do not know`,
      '-psk_identity, or the file of -psk_file, has to name the same as the client',
    ];
  }
  return [
    `client uses the pre-shared key of ${name}, and what it protects does not open under ours: it has another key`,
    'the key of -psk (or of the identity in -psk_file) has to be that of the client, byte for byte',
  ];
}

/** Pre-shared keys, SRP, sessions and early data. */
export const pskExplanations = {
  pskIdentityNotFound: () => [
    'the client names a PSK identity or SRP user that we do not know',
    '-psk_identity and -psk, or the file of -psk_file or -srpvfile, have to name the same as the client',
  ],
  binderDoesNotVerify: broken(
    'the client has proven with another key that it knows the pre-shared key, or names an identity that has none',
    'the key of -psk (or of the identity in -psk_file, or of the session of -psk_session) has to be that of the client, byte for byte',
  ),
  missingPskKexModesExtension: broken('the client offers a pre-shared key without saying how it may be used'),
  badSrpAParameters: broken(
    'the public value of the client (SRP) is a multiple of the prime, which any password would fit',
  ),
  badSrpALength: broken('the public value of the client (SRP) has a length that does not fit its field'),
  inconsistentExtms: broken(
    'the client resumes a session with extended master secret but does not offer that any more',
  ),
  tooMuchEarlyData: broken(
    'the client has sent more early data than it was allowed',
    '-max_early_data and -recv_max_early_data raise the limit; clients with an old ticket keep the old one',
  ),
  cookieMismatch: broken('the cookie of the second ClientHello is not ours, is too old, or is for another address'),
} satisfies Partial<Record<ProblemName, Explanation>>;
