import { constantTimeEqual } from '../../crypto/primitives/hash.ts';
import { Finished } from '../../messages/finished.ts';
import { Version } from '../../names/versions.ts';
import type { Flow, Handshake } from './flow.ts';
import { receiveOneOf } from './receive.ts';

const where = 'tls_process_finished';

/**
 * Receives Finished and compares it (RFC 5246 section 7.4.9, RFC 8446 section 4.4.4). Nothing may follow it in its record,
 * as the keys change (RFC 8446 section 5.1).
 * @throws {Problem}
 */
export function* receiveFinished(flow: Flow, expected: Uint8Array): Handshake<Uint8Array> {
  const { body, endsRecord } = yield* receiveOneOf(flow, Finished.type);
  const { verifyData } = flow.decode(Finished, body, where);
  const { strict } = flow.settings;
  const isBoundary = endsRecord || !(strict || flow.context.version >= Version['TLSv1.3']);
  flow.insist(isBoundary, 'notOnRecordBoundary', where, { bytes: body });
  const isWhole = strict || verifyData.length === expected.length;
  flow.insist(isWhole, 'badDigestLength', where, { bytes: verifyData });
  flow.insist(constantTimeEqual(verifyData, expected), 'digestCheckFailed', where, { bytes: verifyData });
  return Uint8Array.from(verifyData);
}
