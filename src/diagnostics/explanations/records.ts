import type { ProblemName } from '../../names/problems.ts';
import { otherKey } from './psk-failures.ts';
import { always, broken, type Explanation } from './seen.ts';

/** Records, their lengths and their protection. */
export const recordExplanations = {
  decryptionFailedOrBadRecordMac: (seen) => otherKey(seen) ?? closedRecord(seen),
  dataLengthTooLong: broken('a record of the client, or its PSK identity, holds more than it may'),
  encryptedLengthTooLong: broken('a protected record of the client is longer than it may be'),
  packetLengthTooLong: broken('a record of the client is longer than any may be: perhaps it is no TLS at all'),
  compressedLengthTooLong: broken('a compressed record of the client holds more than any may'),
  lengthTooShort: broken('a record or message of the client is shorter than it can be'),
  badLength: broken('the client sends empty records where they are not allowed'),
  recordTooSmall: always(
    'the client floods us with empty records',
    'a few are no fault, but so many in a row only keep us busy',
  ),
  badRecordType: broken('a record of the client has a type that is not allowed here'),
  unexpectedRecord: broken('a record of the client came at a time at which its kind is not allowed'),
  notOnRecordBoundary: broken('keys change behind a message that does not end its record'),
  mixedHandshakeAndNonHandshakeData: broken('other records stand between the pieces of a handshake message'),
  recordLengthMismatch: broken('the length of the ClientHello does not fit its record'),
  badChangeCipherSpec: broken('a ChangeCipherSpec of the client is not the one byte that it has to be'),
  invalidCcsMessage: broken('a ChangeCipherSpec of the client is not the one byte that it has to be'),
  ccsReceivedEarly: broken('a ChangeCipherSpec came before what has to stand in front of it'),
  unexpectedCcsMessage: broken('the client floods us with ChangeCipherSpec'),
  invalidAlert: broken('an alert of the client does not have the two bytes of an alert'),
  unknownAlertType: broken('an alert of the client is neither a warning nor fatal'),
  tooManyWarnAlerts: broken('the client floods us with warnings'),
  sequenceCtrWrapped: always(
    'a record with the highest number that there is has been sent, and no other can follow (RFC 6347 section 4.1)',
    'begin anew; a client whose first record has such a number needs mending',
  ),
  readTimeoutExpired: (seen) =>
    otherKey(seen) ?? [
      'the client no longer answers, although our flight was sent to it again and again',
      'its datagrams or ours get lost on the way (see -mtu), or it has gone',
    ],
} satisfies Partial<Record<ProblemName, Explanation>>;

const closedRecord = broken(
  'a record of the client does not open under the keys that were agreed on',
  'the client derives other keys, counts its records otherwise, or something between changes bytes: -keylogfile shows our keys',
);
