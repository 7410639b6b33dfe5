import { Cursor } from '../bytes/cursor.ts';
import type { Observer } from '../connection/observer.ts';
import { ContentType } from '../names/content-types.ts';
import { isDtls } from '../names/versions.ts';
import { contentTypePoint, versionPoint } from './decoding/code-points.ts';
import type { TellOf } from './fact-stream.ts';

/** recordFacts reports the header of every record. */
export function recordFacts(tell: TellOf<'record'>): Observer {
  /** Records after a ChangeCipherSpec are protected up to TLS 1.2. */
  const changed = { read: false, write: false };
  return {
    record(way, header) {
      const from = new Cursor(header);
      if (from.left < streamHeaderLength) return;
      const type = from.uint(1);
      const version = from.uint(2);
      const numbered = isDtls(version) && from.left >= datagramRest;
      const epoch = numbered ? from.uint(2) : undefined;
      const sequence = numbered ? from.uint(2) * 0x1_0000_0000 + from.uint(4) : undefined;
      tell('record', {
        way: way === 'read' ? 'in' : 'out',
        type: contentTypePoint(type),
        version: versionPoint(version),
        length: from.uint(2),
        protected: epoch === undefined ? changed[way] || type === ContentType.applicationData : epoch > 0,
        ...(epoch !== undefined && { epoch }),
        ...(sequence !== undefined && { sequence }),
      });
      changed[way] ||= type === ContentType.changeCipherSpec;
    },
  };
}

const streamHeaderLength = 5;
/** Epoch, sequence number and length. */
const datagramRest = 10;
