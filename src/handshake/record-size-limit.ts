import { Malformed } from '../bytes/malformed.ts';
import { decodeExtension } from '../messages/extensions/extension.ts';
import { recordSizeLimit as kind } from '../messages/extensions/record-size-limit.ts';
import { Problem } from '../names/problems.ts';
import { Version } from '../names/versions.ts';
import type { Hello } from './client-hello.ts';
import type { Agreed, RecordSizes } from './extensions/answer.ts';
import type { Flow } from './flow.ts';
import type { Settings } from './settings.ts';

/** Less than this nobody may ask for. */
const least = 64;
/** The most that a record can hold. */
const most = 16384;

/**
 * Undefined where the extension is not in use.
 * @throws {Problem} for a limit that is malformed or too small
 */
export function recordSizes({ recordSizeLimit }: Settings, hello: Hello, version: number): RecordSizes | undefined {
  const body = hello.extensions.get(kind.code);
  if (recordSizeLimit === undefined || body === undefined) return undefined;
  const limit = limitIn(body);
  if (limit < least) throw new Problem('badExtension', where, { alert: 'illegal_parameter', bytes: body });
  const overhead = typeLength(version);
  const ours = Math.min(recordSizeLimit - overhead, most);
  return { theirs: Math.min(limit - overhead, most), ours, announced: ours + overhead };
}

/** From here on records of both directions are as short as agreed on; padding, which could make them longer, is left out. */
export function limitRecords(flow: Flow, { recordSizes }: Agreed): void {
  if (recordSizes === undefined) return;
  flow.carrier.limitFragments(recordSizes.theirs);
  flow.carrier.limitReading(recordSizes.ours);
  flow.settings = { ...flow.settings, recordPadding: 0, handshakePadding: 0 };
}

const where = 'tls_parse_ctos_record_size_limit';

/** In TLS 1.3 the type counts, which is inside. */
function typeLength(version: number): number {
  return version >= Version['TLSv1.3'] ? 1 : 0;
}

function limitIn(body: Uint8Array): number {
  try {
    return decodeExtension(kind, 'clientHello', body);
  } catch (error) {
    if (error instanceof Malformed) throw new Problem('badExtension', where, { bytes: body });
    throw error;
  }
}
