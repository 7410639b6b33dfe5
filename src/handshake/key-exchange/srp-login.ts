import { textUpToNul } from '../../bytes/hex.ts';
import type { SrpUser } from '../../crypto/srp/srp-verifier-file.ts';
import { Problem } from '../../names/problems.ts';
import type { Flow } from '../flow/flow.ts';

/** The user that a client logs in as, including the simulated ones for unknown names. */
export type SrpLogin = SrpUser;

/** Finds the user named in the client's hello (RFC 5054 section 2.5.1.2). @throws {Problem} unknown_psk_identity */
export function srpLogin({ settings, tell }: Flow, username: Uint8Array | undefined): SrpLogin {
  const where = 'ssl_check_srp_ext_ClientHello';
  if (username === undefined) throw new Problem('pskIdentityNotFound', where);
  const name = textUpToNul(username);
  const user = settings.srpUsers?.(name);
  tell.note?.('srpLogin', { name, ...(user && { user: { info: user.info } }) });
  if (user === undefined) throw new Problem('pskIdentityNotFound', where, { bytes: username });
  return user;
}
