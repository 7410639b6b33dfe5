import { der, integer, octetString, sequence, Tag, tagged } from '../../bytes/der.ts';
import { authority, extension } from '../../x509/verify/issue.test.fixture.ts';
import { type Case, chain, leaf, middle, root } from './agreement-parts.test.fixture.ts';

const inherit = der(Tag.null);
const list = (...elements: readonly Uint8Array[]) => sequence(...elements);
const range = (from: Uint8Array, to: Uint8Array) => sequence(from, to);
const systems = (...elements: readonly Uint8Array[]) => numbers(list(...elements));
const numbers = (choice: Uint8Array) => extension('1.3.6.1.5.5.7.1.8', sequence(tagged(0, choice)), 'critical');
const domains = (choice: Uint8Array) => extension('1.3.6.1.5.5.7.1.8', sequence(tagged(1, choice)));
/** The first byte is the number of unused bits. */
const prefix = (...bytes: readonly number[]) => der(Tag.bitString, Buffer.from(bytes));
const family = (number: number, choice: Uint8Array) => sequence(octetString(Buffer.of(0, number)), choice);
const blocks = (...families: readonly Uint8Array[]) =>
  extension('1.3.6.1.5.5.7.1.7', sequence(...families), 'critical');
const ipv4 = (...elements: readonly Uint8Array[]) => blocks(family(1, list(...elements)));

/** holding lists extensions from the root down; `undefined`: none. */
function holding(...[top, between, bottom]: readonly (Uint8Array | undefined)[]): Case {
  const saying = (it: Uint8Array | undefined) => (it ? [it] : []);
  return {
    ...chain,
    roots: [{ ...root, extensions: [authority(), ...saying(top)] }],
    untrusted: [{ ...middle, extensions: [authority(), ...saying(between)] }],
    leaf: { ...leaf, extensions: saying(bottom) },
  };
}

const ten = ipv4(prefix(0, 10));
const tenOne = ipv4(prefix(0, 10, 1));
const oneToTen = systems(range(integer(1), integer(10)));

/** Cases about AS numbers and addresses (RFC 3779). */
export const resourceCases: Readonly<Record<string, Case>> = {
  'systems within those above': holding(
    oneToTen,
    systems(integer(1), range(integer(3), integer(5))),
    systems(integer(4)),
  ),
  'systems beyond those above': holding(oneToTen, systems(range(integer(3), integer(5))), systems(integer(6))),
  'systems over a gap': holding(oneToTen, systems(integer(1), integer(3)), systems(range(integer(1), integer(3)))),
  'systems that are inherited': holding(oneToTen, numbers(inherit), numbers(inherit)),
  'systems that even the root inherits': holding(numbers(inherit), numbers(inherit), numbers(inherit)),
  'systems of which nothing is said above': holding(oneToTen, undefined, systems(integer(4))),
  'systems of which the leaf says nothing': holding(systems(integer(1)), systems(integer(2)), undefined),
  'systems in the wrong order': holding(oneToTen, oneToTen, systems(integer(4), integer(2))),
  'systems that should be one range': holding(oneToTen, oneToTen, systems(integer(4), integer(5))),
  'a range of systems that ends before it begins': holding(oneToTen, oneToTen, systems(range(integer(5), integer(4)))),
  'no system at all': holding(oneToTen, oneToTen, systems()),
  'a list above in the wrong order': holding(oneToTen, systems(integer(4), integer(2)), systems(integer(4))),
  'routing domains': holding(domains(list(integer(7))), domains(inherit), domains(list(integer(7)))),
  'routing domains under systems': holding(oneToTen, oneToTen, domains(list(integer(7)))),
  'addresses within those above': holding(ten, tenOne, ipv4(range(prefix(0, 10, 1, 0, 1), prefix(0, 10, 1, 0, 6)))),
  'addresses beyond those above': holding(ten, tenOne, ipv4(prefix(0, 10, 2))),
  'addresses that are inherited': holding(ten, blocks(family(1, inherit)), blocks(family(1, inherit))),
  'addresses that even the root inherits': holding(
    blocks(family(1, inherit)),
    blocks(family(1, inherit)),
    blocks(family(1, inherit)),
  ),
  'addresses of which nothing is said above': holding(ten, undefined, tenOne),
  'addresses of another family': holding(ten, ten, blocks(family(2, list(prefix(0, 0x20))))),
  'families in the wrong order': holding(ten, ten, blocks(family(2, inherit), family(1, inherit))),
  'a family twice': holding(ten, ten, blocks(family(1, inherit), family(1, inherit))),
  'a family that nobody knows': holding(
    blocks(family(9, list(prefix(0, 1)))),
    blocks(family(9, list(prefix(0, 1)))),
    blocks(family(9, list(prefix(0, 1)))),
  ),
  'a range that is a prefix': holding(ten, ten, ipv4(range(prefix(0, 10, 1), prefix(0, 10, 1)))),
  'a range of half a prefix': holding(ten, ten, ipv4(range(prefix(0, 10, 1), prefix(0, 10, 3)))),
  'prefixes side by side': holding(ten, ten, ipv4(prefix(0, 10, 1), prefix(0, 10, 2))),
  'a prefix within another': holding(ten, ten, ipv4(prefix(0, 10), prefix(0, 10, 2))),
  'bits of a prefix that are not used': holding(ten, ten, ipv4(prefix(4, 10, 0x1f))),
  'all addresses': holding(ipv4(prefix(0)), ipv4(prefix(0)), ten),
  'an address that is too long': holding(ten, ten, ipv4(prefix(0, 10, 1, 1, 1, 1))),
  'an address that is too long, in a range': holding(ten, ten, ipv4(range(prefix(0, 10), prefix(0, 10, 1, 1, 1, 1)))),
  'addresses that cannot be read': holding(ten, ten, extension('1.3.6.1.5.5.7.1.7', integer(1))),
};
