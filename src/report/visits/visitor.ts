import type { HelloJson } from '../../facts/received-hello.ts';
import { cookie } from '../../messages/extensions/cookie.ts';
import { earlyData } from '../../messages/extensions/early-data.ts';
import { keyShare } from '../../messages/extensions/key-share.ts';
import { preSharedKey } from '../../messages/extensions/pre-shared-key.ts';
import { sessionTicket } from '../../messages/extensions/session-ticket.ts';
import { RecentSet } from './recent-set.ts';

/** Remark is one thing that only several connections of a client show. */
export interface Remark {
  readonly id: string;
  readonly sentence: string;
  /** True for what no client should do. */
  readonly isFault: boolean;
  /** The document that says so; null where there is none. */
  readonly source: string | null;
}

/** Behaviour is what the connections of one kind of client, from one address, have shown so far. */
export interface Behaviour {
  readonly visits: number;
  readonly remarks: readonly Remark[];
}

/** The newest randoms, shares and tickets that are kept of a client; older ones are forgotten. */
const mostKept = 64;

/** Equal GREASE in fewer visits may be chance. */
const visitsForGrease = 3;

/** Visitor is one kind of client at one address. It keeps numbers and hashes of its hellos, no names. */
export class Visitor {
  private visits = 0;
  private resumptions = 0;
  private cookies = 0;
  private readonly randoms = new RecentSet(mostKept);
  private readonly shares = new RecentSet(mostKept);
  private readonly tickets = new RecentSet(mostKept);
  private readonly grease = new RecentSet(mostKept);
  private readonly orders = new RecentSet(mostKept);
  private readonly sets = new RecentSet(mostKept);

  /** Takes the first hello of a connection. */
  greet(hello: HelloJson): void {
    this.visits++;
    this.randoms.add(hello.random);
    for (const share of sharesOf(hello)) this.shares.add(share);
    for (const ticket of ticketsOf(hello)) this.tickets.add(ticket);
    const values = greaseOf(hello);
    if (values !== '') this.grease.add(values);
    const order = orderOf(hello);
    this.orders.add(order.join(' '));
    this.sets.add([...order].sort((a, b) => a - b).join(' '));
  }

  /** Takes the hello that follows a HelloRetryRequest. */
  retry({ extensions }: HelloJson): void {
    if (extensions.some(({ code }) => code === cookie.code)) this.cookies++;
  }

  resumed(): void {
    this.resumptions++;
  }

  get behaviour(): Behaviour {
    return { visits: this.visits, remarks: this.remarks().filter((it) => it !== undefined) };
  }

  private remarks(): readonly (Remark | undefined)[] {
    const { visits, randoms, shares, tickets, grease, orders, sets } = this;
    const isOften = visits > 1;
    return [
      fault('random-reused', randoms.repeated, 'A random came again: it has to be fresh', 'RFC 9846 appendix C.1'),
      fault('share-reused', shares.repeated, 'A key share came again: it has to be fresh', 'RFC 9325 section 7.4'),
      remark('ticket-reused', tickets.repeated > 0 && ticketText(tickets.repeated), 'RFC 9846 appendix C.4'),
      remark('resumes', isOften && `Resumed a session in ${this.resumptions} of ${visits} visits`),
      remark(
        'grease-unchanged',
        visits >= visitsForGrease && grease.repeated === visits - 1 && 'Its GREASE is the same in every visit',
        'RFC 8701 section 5',
      ),
      remark(
        'order-shuffled',
        isOften && orders.size > sets.size && 'Its extensions come in an order of their own each time',
      ),
      remark('order-kept', isOften && orders.size === sets.size && 'Its extensions come in the same order each time'),
      remark(
        'cookie-answered',
        this.cookies > 0 && 'Returned the cookie of a HelloRetryRequest',
        'RFC 9846 section 4.3.2',
      ),
    ];
  }
}

function ticketText(times: number): string {
  return `Offered a ticket again, ${times === 1 ? 'once' : `${times} times`}: visits can be linked by it`;
}

function remark(id: string, sentence: string | false, source: string | null = null): Remark | undefined {
  return sentence === false ? undefined : { id, sentence, isFault: false, source };
}

function fault(id: string, times: number, sentence: string, source: string): Remark | undefined {
  return times === 0 ? undefined : { id, sentence, isFault: true, source };
}

/** The bytes of the shares, but those of GREASE. */
function sharesOf({ extensions }: HelloJson): readonly string[] {
  const list = extensions.find(({ code }) => code === keyShare.code)?.bytes.substring(lengthDigits) ?? '';
  const shares: string[] = [];
  for (let at = 0; at < list.length; ) {
    const end = at + 4 + lengthDigits + 2 * Number.parseInt(list.substring(at + 4, at + 4 + lengthDigits), 16);
    if (!(end <= list.length)) break;
    if (!isGrease(list.substring(at, at + 4))) shares.push(list.substring(at, end));
    at = end;
  }
  return shares;
}

/** Hexadecimal digits of a length of two bytes. */
const lengthDigits = 4;

/** RFC 8701 section 2. */
function isGrease(point: string): boolean {
  return /^(.a)\1$/.test(point);
}

function ticketsOf({ pskIdentities, extensions }: HelloJson): readonly string[] {
  const older = extensions.find(({ code }) => code === sessionTicket.code)?.bytes ?? '';
  return [...pskIdentities.map(({ identity }) => identity), ...(older === '' ? [] : [older])];
}

function greaseOf({ cipherSuites, groups, extensions, versions }: HelloJson): string {
  return [cipherSuites, groups, extensions, versions]
    .map((list) => list.filter(({ grease }) => grease).map(({ code }) => code))
    .filter((codes) => codes.length > 0)
    .join(' ');
}

/** The types of the extensions, but those that a client has in some of its hellos only. */
function orderOf({ extensions }: HelloJson): number[] {
  return extensions.filter(({ code, grease }) => !grease && !occasional.has(code)).map(({ code }) => code);
}

/** The type of the padding extension (RFC 7685). */
const padding = 21;
const occasional: ReadonlySet<number> = new Set([preSharedKey.code, earlyData.code, cookie.code, padding]);
