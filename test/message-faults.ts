import { fragmentsOf } from '../src/handshake/carriers/datagram-assembly.ts';
import { ContentType } from '../src/names/content-types.ts';
import { type DatagramRecord, recordsOf } from '../src/record/datagram-record.ts';

export type Way = 'toServer' | 'toClient';

export const faults = ['lost', 'late', 'doubled'] as const;
export type Fault = (typeof faults)[number];

/** Delivery is a datagram that arrives so many milliseconds late. */
export interface Delivery {
  readonly datagram: Uint8Array;
  readonly delay: number;
}

/** Milliseconds: the rest of a flight has arrived then, and no timer has expired. */
const lateness = 300;

/**
 * MessageFault treats one message of a conversation badly, once: one record of a handshake, be it alone in its datagram or
 * not. Messages are counted from 0 as they are sent, in both directions together; `messages` names them.
 */
export class MessageFault {
  readonly messages: string[] = [];
  private readonly at: number;
  private readonly fault: Fault;

  constructor(at = -1, fault: Fault = 'lost') {
    this.at = at;
    this.fault = fault;
  }

  deliveries(datagram: Uint8Array, way: Way): Delivery[] {
    const records = recordsOf(datagram);
    const bad = records.find((record) => isOfHandshake(record) && this.counts(record, way));
    if (bad === undefined) return [{ datagram, delay: 0 }];
    const rest = records.filter((it) => it !== bad || this.fault === 'doubled');
    return [
      ...(rest.length > 0 ? [{ datagram: inOne(rest), delay: 0 }] : []),
      ...(this.fault === 'lost' ? [] : [{ datagram: inOne([bad]), delay: lateness }]),
    ];
  }

  /** True for the message of the fault. */
  private counts(record: DatagramRecord, way: Way): boolean {
    return this.messages.push(`${nameOf(record)} ${way}`) - 1 === this.at;
  }
}

function isOfHandshake({ type }: DatagramRecord): boolean {
  return type === ContentType.handshake || type === ContentType.changeCipherSpec;
}

function inOne(records: readonly DatagramRecord[]): Uint8Array {
  return Buffer.concat(records.flatMap(({ header, body }) => [header, body]));
}

/** Under keys there is no message but Finished. */
function nameOf({ type, epoch, body }: DatagramRecord): string {
  if (type === ContentType.changeCipherSpec) return 'ChangeCipherSpec';
  if (epoch > 0) return 'Finished';
  const [fragment] = fragmentsOf(body);
  return names.get(fragment?.type ?? -1) ?? 'unknown';
}

const names = new Map([
  [1, 'ClientHello'],
  [2, 'ServerHello'],
  [3, 'HelloVerifyRequest'],
  [4, 'NewSessionTicket'],
  [11, 'Certificate'],
  [12, 'ServerKeyExchange'],
  [13, 'CertificateRequest'],
  [14, 'ServerHelloDone'],
  [15, 'CertificateVerify'],
  [16, 'ClientKeyExchange'],
]);
