import type { ProblemName } from '../../names/problems.ts';
import { always, broken, type Explanation } from './seen.ts';

/** Handshake messages: their order, their form and their extensions; renegotiation. */
export const messageExplanations = {
  unexpectedMessage: broken('a message of the client came out of turn'),
  lengthMismatch: broken('the lengths inside a message of the client do not fit'),
  excessiveMessageSize: broken('a message of the client is longer than we take'),
  changedHello: broken('the second ClientHello differs from the first in more than the HelloRetryRequest asked for'),
  badDigestLength: broken('the Finished of the client has the wrong length'),
  digestCheckFailed: broken(
    'the Finished of the client is that of another conversation',
    'client and server have seen other messages: the client hashes them wrongly, or something between changes them; -msg shows ours',
  ),
  badExtension: broken('an extension of the client cannot be read, stands in the wrong message or came twice'),
  unsolicitedExtension: broken('the client answers with an extension that was not in our request'),
  badSrtpProtectionProfileList: broken('the list of SRTP profiles of the client cannot be read'),
  ssl3ExtInvalidMaxFragmentLength: broken('the client asks for a fragment length that does not exist'),
  postHandshakeAuthEncodingErr: broken('the extension post_handshake_auth of the client is not empty'),
  badKeyUpdate: broken('a KeyUpdate of the client asks for neither yes nor no'),
  malformedKeyUpdate: broken('a KeyUpdate of the client has the wrong length'),
  renegotiationEncodingErr: broken('the extension renegotiation_info of the client cannot be read'),
  renegotiationMismatch: broken(
    'the client begins a renegotiation of another connection (extension renegotiation_info)',
    'that looks like an attack by somebody between, or like a client that lost count of its connections',
  ),
  scsvReceivedWhenRenegotiating: broken('the client renegotiates with the signal that only a first handshake may have'),
  unsafeLegacyRenegotiationDisabled: broken(
    'the client renegotiates without the extension renegotiation_info',
    'update the client, or allow it with -legacy_renegotiation',
  ),
  noRenegotiation: always(
    'a renegotiation was asked for, and one side does not want it',
    '-no_renegotiation forbids it here; clients of TLS 1.2 may decline, and TLS 1.3 has none',
  ),
} satisfies Partial<Record<ProblemName, Explanation>>;
