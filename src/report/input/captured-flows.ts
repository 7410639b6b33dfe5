import type { Transported } from '../../facts/received-hello.ts';
import type { LinkPacket } from './capture-packets.ts';
import { Pieces } from './pieces.ts';
import { type Segment, segmentIn } from './segments.ts';

/** CapturedFlow is what one end has sent in a connection. */
export interface CapturedFlow {
  readonly transport: Transported;
  readonly pieces: Pieces;
}

/** capturedFlows sorts packets into flows, in the order of their beginnings. */
export function capturedFlows(packets: readonly LinkPacket[]): readonly CapturedFlow[] {
  const flows: CapturedFlow[] = [];
  const current = new Map<string, Begun>();
  for (const packet of packets) {
    const segment = segmentIn(packet);
    if (segment === undefined) continue;
    let flow = current.get(segment.flow);
    if (flow === undefined || beginsAgain(flow, segment)) {
      flow = {
        pieces: new Pieces(),
        transport: segment.tcp ? 'streams' : 'datagrams',
        first: segment.tcp?.sequence ?? 0,
      };
      current.set(segment.flow, flow);
      flows.push(flow);
    }
    // Sequence numbers wrap around: what is less than half of them before the first one has an offset below zero.
    flow.pieces.add(segment.tcp ? (segment.tcp.sequence - flow.first) | 0 : 0, segment.data);
  }
  return flows;
}

interface Begun extends CapturedFlow {
  /** Sequence number of the first byte that was seen. */
  readonly first: number;
}

/** A new connection from the same port; a repeated SYN has the same number. */
function beginsAgain({ first }: Begun, { tcp }: Segment): boolean {
  return tcp?.opens === true && tcp.sequence !== first;
}
