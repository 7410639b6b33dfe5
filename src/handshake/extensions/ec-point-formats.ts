import { ecPointFormats as kind, PointFormat } from '../../messages/extensions/ec-point-formats.ts';
import { Problem } from '../../names/problems.ts';
import type { Flow } from '../flow/flow.ts';
import { type Round12, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

const where = 'tls_parse_ctos_ec_pt_formats';

/**
 * RFC 8422 section 5.1.2. Answered in full handshakes with elliptic suites. The compressed forms are named, and ECDHE with a
 * PSK is left out, because the reference does so.
 */
export const ecPointFormats = serverExtension(kind, {
  versions: 'upToTls12',
  offer: offer(kind, { where }),
  choose: isAnswered,
  answers: { serverHello12: (_round, answered) => (answered ? ours : undefined) },
});

const ours = [PointFormat.uncompressed, PointFormat.ansiX962CompressedPrime, PointFormat.ansiX962CompressedChar2];

function isAnswered(offered: readonly number[] | undefined, _flow: Flow, { cipherSuite, resumed }: Round12): boolean {
  const elliptic = cipherSuite.keyExchange === 'ECDHE' || cipherSuite.authentication === 'ECDSA';
  return elliptic && !resumed && offered !== undefined;
}

/**
 * A client with curves must take uncompressed points, whether or not any are sent (RFC 8422 section 5.1.2).
 * @throws {Problem}
 */
export function checkPointFormats(formats: readonly number[] | undefined, groups: readonly number[] = []): void {
  if (formats === undefined || formats.includes(PointFormat.uncompressed)) return;
  const hasCurves = groups.some((code) => curves.has(code));
  if (hasCurves) throw new Problem('illegalPointCompression', where);
}

/** Elliptic curves of RFC 8422 section 5.1.1, with the older ones that it deprecates. */
const curves: ReadonlySet<number> = new Set([...Array(0x19).keys()].map((index) => index + 1).concat(0x1d, 0x1e));
