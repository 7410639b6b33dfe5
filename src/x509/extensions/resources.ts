import { Tag } from '../../bytes/der.ts';
import { hex, latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { integerValue } from '../asn1/integer.ts';
import { type Field, Structure } from '../asn1/structure.ts';

/** One element of a list. */
interface Resource {
  /** Both ends are spelled out. */
  readonly isRange: boolean;
  /** Undefined where an address is too long for its family. */
  readonly ends: Ends | undefined;
}

/** From one number to another, both included. */
export interface Ends {
  readonly min: bigint;
  readonly max: bigint;
}

/** What a certificate holds. */
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

/** RFC 3779 section 2.2.3: what is held of the addresses of one family. */
export interface AddressFamily {
  /** One character a byte: the family, perhaps with a second identifier behind it. */
  readonly family: string;
  /** How many bits its addresses have; 0 for one that is neither IPv4 nor IPv6. */
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

/** Numbers of address families that IANA has given out. */
const familyBits: ReadonlyMap<string, number> = new Map([
  ['\x00\x01', 32],
  ['\x00\x02', 128],
]);

function addressRange(min: Uint8Array, max: Uint8Array, bits: number): Ends | undefined {
  const [lowest, highest] = [prefixRange(min, bits), prefixRange(max, bits)];
  return lowest && highest && { min: lowest.min, max: highest.max };
}

/** All addresses that begin so; undefined where that is longer than an address. */
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

/** The choice that both kinds have: nothing of one's own, or a list of single ones and ranges. */
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
