import { Tag } from '../../bytes/der.ts';
import { hex, latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { integerValue } from '../asn1/integer.ts';
import { type Field, Structure } from '../asn1/structure.ts';

/** Resource is one address, number or range of a list. */
interface Resource {
  /** Encoded as a range, not as a single number or prefix. */
  readonly isRange: boolean;
  /** Undefined for an address too long for its family. */
  readonly ends: Ends | undefined;
}

/** Ends are the first and last number of a range, inclusive. */
export interface Ends {
  readonly min: bigint;
  readonly max: bigint;
}

/** Resources are the list of a certificate, or those of its issuer. */
export type Resources = 'inherit' | readonly Resource[];

/** RFC 3779 section 3.2 */
export interface AutonomousSystems {
  readonly numbers: Resources | undefined;
  readonly routingDomains: Resources | undefined;
}

/** @throws {Malformed} */
export function autonomousSystems(value: Uint8Array): AutonomousSystems {
  const fields = new Structure(value).sequence('autonomousSysIds');
  const numbers = fields.takeIf('asnum', 0xa0);
  const routingDomains = fields.takeIf('rdi', 0xa1);
  fields.end('autonomousSysIds');
  return {
    numbers: numbers && systemsIn(numbers.body),
    routingDomains: routingDomains && systemsIn(routingDomains.body),
  };
}

function systemsIn(body: Uint8Array): Resources {
  const choice = new Structure(body);
  const systems = resourcesFrom(choice, Tag.integer, systemRange);
  choice.end('asIdentifiers');
  return systems;
}

function systemRange(min: Uint8Array, max: Uint8Array) {
  return { min: integerValue(min), max: integerValue(max) };
}

/** AddressFamily has the addresses of one family (RFC 3779 section 2.2.3). */
export interface AddressFamily {
  /** AFI and optional SAFI, one character a byte. */
  readonly family: string;
  /** Bits of an address; 0 for a family other than IPv4 and IPv6. */
  readonly bits: number;
  readonly addresses: Resources;
}

/** @throws {Malformed} */
export function addressBlocks(value: Uint8Array): AddressFamily[] {
  const list = new Structure(value).sequence('ipAddrBlocks');
  const families: AddressFamily[] = [];
  while (!list.isEmpty) {
    const fields = list.sequence('addressFamily');
    const family = latin1(fields.take('addressFamily', Tag.octetString).body);
    const bits = familyBits.get(family.substring(0, 2)) ?? 0;
    const addresses = resourcesFrom(fields, Tag.bitString, (min, max) => addressRange(min, max, bits));
    fields.end('addressFamily');
    families.push({ family, bits, addresses });
  }
  return families;
}

/** Address bits by IANA's address family number. */
const familyBits: ReadonlyMap<string, number> = new Map([
  ['\x00\x01', 32],
  ['\x00\x02', 128],
]);

function addressRange(min: Uint8Array, max: Uint8Array, bits: number): Ends | undefined {
  const [lowest, highest] = [prefixRange(min, bits), prefixRange(max, bits)];
  return lowest && highest && { min: lowest.min, max: highest.max };
}

/** prefixRange returns the addresses with a prefix; undefined for one longer than an address. */
function prefixRange(body: Uint8Array, bits: number): Ends | undefined {
  const [unused] = body;
  if (unused === undefined || unused > 7) throw new Malformed('unused bits', ['address']);
  const digits = body.subarray(1);
  const left = bits - 8 * digits.length;
  if (left < 0) return undefined;
  // A prefix without bytes cannot leave bits of one unused.
  const free = BigInt(left + (digits.length === 0 ? 0 : unused));
  const min = (((digits.length === 0 ? 0n : BigInt(`0x${hex(digits)}`)) << BigInt(left)) >> free) << free;
  return { min, max: min | ((1n << free) - 1n) };
}

/** resourcesFrom decodes the choice of both kinds: inherit (NULL), or a list of single values and ranges. */
function resourcesFrom(
  fields: Structure,
  single: number,
  ends: (min: Uint8Array, max: Uint8Array) => Ends | undefined,
): Resources {
  const choice = fields.take('resources', Tag.null, Tag.sequence);
  if (choice.tag === Tag.null) return inherited(choice);
  const list = new Structure(choice.body);
  const resources: Resource[] = [];
  while (!list.isEmpty) {
    const { tag, body } = list.take('resource', single, Tag.sequence);
    const isRange = tag === Tag.sequence;
    const pair = new Structure(body);
    const [min, max] = isRange ? [pair.take('min', single).body, pair.take('max', single).body] : [body, body];
    if (isRange) pair.end('range');
    resources.push({ isRange, ends: ends(min, max) });
  }
  return resources;
}

function inherited({ body }: Field): 'inherit' {
  if (body.length > 0) throw new Malformed('NULL with contents', ['inherit']);
  return 'inherit';
}
