import { recordSizeLimit as kind } from '../../messages/extensions/record-size-limit.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import type { Flow } from '../flow/flow.ts';
import { type Round, serverExtension } from './extension.ts';
import { offer, refine } from './offer.ts';

/** The limits of both sides (RFC 8449), in bytes of content. */
export interface RecordSizes {
  readonly theirs: number;
  readonly ours: number;
  /** Our limit on the wire, where in TLS 1.3 the content type counts too. */
  readonly announced: number;
}

const where = 'tls_parse_ctos_record_size_limit';
/** Bytes: the minimum that a peer may ask for, and the maximum of a record. */
const [least, most] = [64, 16384];

/** RFC 8449 section 4 */
export const recordSizeLimit = serverExtension(kind, {
  versions: 'any',
  offer: refine(offer(kind, { where }), (limit) => {
    if (limit < least) throw new Problem('badExtension', where, { alert: 'illegal_parameter' });
    return limit;
  }),
  isOn: (settings) => settings.recordSizeLimit !== undefined,
  choose: sizes,
  answers: { serverHello12: announced, encryptedExtensions: announced },
});

/** Undefined when the extension is not used. */
function sizes(offered: number | undefined, { settings }: Flow, { version }: Round): RecordSizes | undefined {
  if (settings.recordSizeLimit === undefined || offered === undefined) return undefined;
  // In TLS 1.3 the inner content type counts.
  const overhead = version >= Version['TLSv1.3'] ? 1 : 0;
  const ours = Math.min(settings.recordSizeLimit - overhead, most);
  return { theirs: Math.min(offered - overhead, most), ours, announced: ours + overhead };
}

function announced(_subject: unknown, chosen: RecordSizes | undefined) {
  return chosen?.announced;
}

/** The choices about record length. */
interface RecordChoices {
  readonly maxFragmentLength: number;
  readonly recordSizeLimit: RecordSizes | undefined;
}

/** Applies the negotiated record length; padding, which could exceed it, is disabled. */
export function limitRecords(flow: Flow, { maxFragmentLength, recordSizeLimit: agreed }: RecordChoices): void {
  flow.carrier.limitFragments(maxFragmentLength === 0 ? most : 256 << maxFragmentLength);
  if (agreed === undefined) return;
  flow.carrier.limitFragments(agreed.theirs);
  flow.carrier.limitReading(agreed.ours);
  flow.settings = { ...flow.settings, recordPadding: 0, handshakePadding: 0 };
}
