import { ContentType } from '../../names/content-types.ts';
import { type DatagramRecord, datagramHeader, recordsOf } from '../../record/datagram-record.ts';
import { type Fragment, fragmentHeader, fragmentHeaderLength, fragmentsOf } from './datagram-assembly.ts';
import { type DatagramGreeted, type DatagramGreeting, greetDatagram } from './datagram-greeting.ts';

/** Greeted is a greeting with the datagram that it answers. */
export interface Greeted {
  readonly greeting: DatagramGreeted;
  /** The datagram as received; of a fragmented hello, one with all that was received of it as one fragment. */
  readonly datagram: Uint8Array;
}

/** Maximum number of addresses with a partial hello; the oldest is dropped for a new one. */
const mostAddresses = 256;
/** Maximum length of version, random, session id and cookie, which are all that a greeting needs, in bytes. */
const longestStart = 2 + 32 + 33 + 256;

/**
 * HelloFragments greets clients whose hello comes in fragments too small for a cookie (RFC 6347 section 4.2.1 leaves that
 * open). The beginning of the hello is kept, in order, until the greeting has all that it needs. Memory is bounded, as
 * anybody can send fragments: 256 addresses with 323 bytes each.
 */
export class HelloFragments {
  private readonly beginnings = new Map<string, Fragment>();

  greet(from: DatagramGreeting): Greeted {
    const greeting = greetDatagram(from);
    if (greeting.what !== 'part') return { greeting, datagram: from.datagram };
    const datagram = this.join(from);
    if (datagram === undefined) return { greeting, datagram: from.datagram };
    const joined = greetDatagram({ ...from, datagram });
    if (joined.what !== 'part') this.beginnings.delete(from.peer);
    return { greeting: joined, datagram };
  }

  /** The beginning received so far, as one fragment; undefined: the datagram does not continue it. */
  private join({ datagram, peer }: DatagramGreeting): Uint8Array | undefined {
    let beginning = this.beginnings.get(peer);
    let last: DatagramRecord | undefined;
    for (const record of recordsOf(datagram)) {
      if (record.type !== ContentType.handshake || record.epoch !== 0) continue;
      for (const fragment of fragmentsOf(record.body)) {
        const longer = fragment.offset === 0 ? fragment : extended(beginning, fragment);
        if (longer === undefined) continue;
        beginning = longer;
        last = record;
      }
    }
    if (beginning === undefined || last === undefined) return undefined;
    this.keep(peer, beginning);
    return inRecord(beginning, last);
  }

  private keep(peer: string, beginning: Fragment): void {
    this.beginnings.delete(peer);
    if (beginning.body.length >= longestStart) return;
    this.beginnings.set(peer, { ...beginning, body: Uint8Array.from(beginning.body) });
    const [oldest] = this.beginnings.keys();
    if (this.beginnings.size > mostAddresses && oldest !== undefined) this.beginnings.delete(oldest);
  }
}

/** Undefined for a fragment with nothing new, or with a gap before it. */
function extended(beginning: Fragment | undefined, { sequence, length, offset, body }: Fragment): Fragment | undefined {
  if (beginning === undefined || sequence !== beginning.sequence || length !== beginning.length) return undefined;
  const known = beginning.body.length - offset;
  if (known < 0 || known >= body.length) return undefined;
  return { ...beginning, body: Buffer.concat([beginning.body, body.subarray(known)]) };
}

function inRecord({ body, ...message }: Fragment, record: DatagramRecord): Uint8Array {
  const header = fragmentHeader(message, { offset: 0, length: body.length });
  return Buffer.concat([datagramHeader(record, fragmentHeaderLength + body.length), header, body]);
}
