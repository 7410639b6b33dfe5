import { createHash, createHmac } from 'node:crypto';
import { withoutLeadingZeros } from '../groups/dh.ts';
import { type SrpGroup, srpGroup } from './srp-groups.ts';

/** SrpUser holds the verifier that a server keeps instead of the password. */
export interface SrpUser {
  readonly name: string;
  readonly group: SrpGroup;
  readonly salt: Uint8Array;
  readonly verifier: Uint8Array;
  /** Free text. */
  readonly info: string | undefined;
}

/** Finds a user by name. */
export type SrpUsers = (name: string) => SrpUser | undefined;

/** BadVerifierFile is thrown for a file not written by `openssl srp`; `result` is the reference's return value. */
export class BadVerifierFile extends Error {
  override readonly name = 'BadVerifierFile';
  readonly result: number;

  constructor(result: number) {
    super(`not a verifier file: ${result}`);
    this.result = result;
  }
}

/**
 * Reads a verifier file: six fields a line, separated by tabs - type, verifier, salt, name, group, information. Lines
 * of type V are users; those of type I define a group by prime and generator; others are ignored. The first entry of a
 * name counts.
 *
 * With a seed an unknown name gets a simulated user without a usable password (RFC 5054 section 2.5.1.3): always the
 * same salt and verifier for the same name, in the group of the last line of type I, otherwise of the first user.
 * @throws {BadVerifierFile}
 */
export function readVerifierFile(text: string, seed?: string): SrpUsers {
  const groups = new Map<string, SrpGroup>();
  const users = new Map<string, SrpUser>();
  let defaultGroup: SrpGroup | undefined;
  for (const line of text.split('\n')) {
    const fields = fieldsOf(line);
    if (fields === undefined) continue;
    const [type, verifier, salt, name, groupName, info] = fields;
    if (type === 'I') {
      defaultGroup = { n: number(verifier), g: number(salt) };
      groups.set(name, defaultGroup);
    } else if (type === 'V') {
      const group = groups.get(groupName) ?? srpGroup(Number(groupName));
      if (group === undefined) continue;
      const user = { name, group, salt: number(salt), verifier: number(verifier), info };
      if (!users.has(name)) users.set(name, user);
    }
  }
  const [first] = users.values();
  const group = defaultGroup ?? first?.group;
  return (name) =>
    users.get(name) ?? (seed === undefined || group === undefined ? undefined : nobody(name, group, seed));
}

type Fields = [type: string, verifier: string, salt: string, name: string, group: string, info: string];

/** Splits a line; a backslash escapes a tab. Undefined for empty lines and comments. */
function fieldsOf(line: string): Fields | undefined {
  if (line === '' || line.startsWith('#')) return undefined;
  const fields = line
    .replace(/\r$/, '')
    .split(/(?<!\\)\t/)
    .map((field) => field.replaceAll('\\\t', '\t'));
  if (fields.length !== fieldCount) throw new BadVerifierFile(faults.incomplete);
  return fields as Fields;
}

function number(digits: string): Uint8Array {
  const value = srpBase64(digits);
  if (value === undefined || value.length === 0) throw new BadVerifierFile(faults.number);
  return value;
}

/**
 * Decodes big-endian digits of six bits with SRP's own alphabet, as the first implementation of SRP wrote numbers.
 * Leading zeros are dropped. Undefined for anything else.
 */
export function srpBase64(text: string): Uint8Array | undefined {
  let value = 0n;
  for (const digit of text) {
    const index = alphabet.indexOf(digit);
    if (index < 0) return undefined;
    value = value * 64n + BigInt(index);
  }
  const digits = value.toString(16);
  if (value === 0n) return new Uint8Array(0);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz./';
const fieldCount = 6;
/** Error numbers of the reference. */
const faults = { incomplete: 1, number: 2 } as const;

function nobody(name: string, group: SrpGroup, seed: string): SrpUser {
  // Salts in a file are numbers without leading zeros.
  const salt = withoutLeadingZeros(createHmac('sha1', seed).update(name).digest());
  // B hides the verifier behind a random number, so any value below the prime will do.
  const verifier = createHash('shake256', { outputLength: group.n.length - 1 })
    .update(`${seed}\0${name}`)
    .digest();
  return { name, group, salt, verifier, info: undefined };
}
