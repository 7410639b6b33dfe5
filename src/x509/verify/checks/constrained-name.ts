import { domainToUnicode } from 'node:url';
import { latin1 } from '../../../bytes/hex.ts';
import { canonicalName } from '../../asn1/canonical-name.ts';
import type { Field } from '../../asn1/structure.ts';
import type { GeneralName } from '../../extensions/general-name.ts';
import type { NameConstraints, Subtree } from '../../extensions/name-constraints.ts';
import { Verify } from '../run.ts';

/** Object identifier of a mailbox with a non-ASCII local part (RFC 8398). */
export const smtpUtf8Mailbox = '1.3.6.1.5.5.7.8.9';

/** Standing is the relation of a name to a constraint, or an error number. */
type Standing = 'within' | 'outside' | number;

/**
 * constraintFault returns the error of a name under the constraints (RFC 5280 section 4.2.1.10); undefined if allowed.
 * Only constraints of its own kind apply: one of the permitted must match, if there are any, and none of the excluded.
 */
export function constraintFault(name: GeneralName, constraints: NameConstraints): number | undefined {
  const permitted = standings(name, constraints.permitted, 'until within');
  if (typeof permitted === 'number') return permitted;
  if (permitted === 'outside') return Verify.permittedViolation;
  const excluded = standings(name, constraints.excluded, 'all');
  if (typeof excluded === 'number') return excluded;
  return excluded === 'within' ? Verify.excludedViolation : undefined;
}

/** standings returns undefined without a constraint of the name's kind. */
function standings(
  name: GeneralName,
  subtrees: readonly Subtree[],
  which: 'until within' | 'all',
): Standing | undefined {
  let standing: 'within' | 'outside' | undefined;
  for (const { base, hasBounds } of subtrees) {
    if (!isAbout(base, name)) continue;
    if (hasBounds) return Verify.subtreeBounds;
    if (standing === 'within' && which === 'until within') continue;
    const found = standingOf(name, base);
    if (typeof found === 'number') return found;
    if (found === 'within' && which === 'all') return 'within';
    if (standing !== 'within') standing = found;
  }
  return standing;
}

function isAbout(base: GeneralName, name: GeneralName): boolean {
  if (name.kind !== 'other') return base.kind === name.kind;
  if (name.type === smtpUtf8Mailbox) return base.kind === 'email';
  return base.kind === 'other' && base.type === name.type;
}

function standingOf(name: GeneralName, base: GeneralName): Standing {
  if (name.kind === 'directory' && base.kind === 'directory') {
    return within(canonicalName(name.name).startsWith(canonicalName(base.name)));
  }
  if (name.kind === 'ip' && base.kind === 'ip') return ipStanding(name.address, base.address);
  if (name.kind === 'dns' && base.kind === 'dns') return dnsStanding(name.text, base.text);
  if (name.kind === 'uri' && base.kind === 'uri') return uriStanding(name.text, base.text);
  if (name.kind === 'email' && base.kind === 'email') return emailStanding(name.text, base.text);
  if (name.kind === 'other' && base.kind === 'email') return internationalEmailStanding(name, base);
  return Verify.unsupportedConstraintType;
}

function within(holds: boolean): Standing {
  return holds ? 'within' : 'outside';
}

/** dnsStanding matches the constraint itself and names with more labels on the left. */
function dnsStanding(name: string, base: string): Standing {
  if (base === '') return 'within';
  if (!endsWith(name, base)) return 'outside';
  const isWhole = name.length === base.length;
  return within(isWhole || base.startsWith('.') || name.charAt(name.length - base.length - 1) === '.');
}

/** emailStanding takes a mailbox, a host, or a domain with a leading dot as constraint. */
function emailStanding(address: string, base: string): Standing {
  const at = address.lastIndexOf('@');
  if (at < 0) return Verify.unsupportedNameSyntax;
  const baseAt = base.indexOf('@');
  if (baseAt < 0 && base.startsWith('.')) return within(address.length > base.length && endsWith(address, base));
  const local = address.substring(0, at);
  if (baseAt > 0) {
    const baseLocal = base.substring(0, baseAt);
    if (local.length !== baseLocal.length) return 'outside';
    if (local.includes('\0') || baseLocal.includes('\0')) return Verify.unsupportedNameSyntax;
    if (local !== baseLocal) return 'outside';
  }
  return within(sameLetters(address.substring(at + 1), base.substring(baseAt + 1)));
}

/** internationalEmailStanding compares the host as Unicode (RFC 8398 section 6). */
function internationalEmailStanding({ value }: GeneralName & { kind: 'other' }, constraint: TextName): Standing {
  if (value.tag !== 0x0c) return Verify.unsupportedNameSyntax;
  const host = hostOf(value);
  if (host === undefined) return Verify.unsupportedNameSyntax;
  const base = readable(constraint);
  if (base === '') return 'within';
  return within(base.startsWith('.') ? endsWith(host, base) : sameLetters(host, base));
}

/** hostOf returns UTF-8, one character a byte, as constraints are. */
function hostOf({ body }: Field): string | undefined {
  const at = body.lastIndexOf(0x40);
  return at < 0 ? undefined : latin1(body.subarray(at + 1));
}

/** readable decodes A-labels of a constraint to Unicode. */
function readable(constraint: TextName): string {
  const { text } = constraint;
  if (!/(?:^|\.)xn--/.test(text)) return text;
  const known = readableTexts.get(constraint);
  if (known !== undefined) return known;
  const dot = text.startsWith('.') ? '.' : '';
  const host = text.substring(dot.length);
  const made = dot + latin1(Buffer.from(domainToUnicode(host) || host));
  readableTexts.set(constraint, made);
  return made;
}

/** Constraints are compared far more often than they are decoded, so texts are cached. */
const readableTexts = new WeakMap<TextName, string>();

type TextName = GeneralName & { readonly text: string };

/** uriStanding matches the host of the URI: equal to the constraint, or ending with one that has a leading dot. */
function uriStanding(uri: string, base: string): Standing {
  const colon = uri.indexOf(':');
  if (colon < 0 || !uri.startsWith('://', colon)) return Verify.unsupportedNameSyntax;
  const rest = uri.substring(colon + 3);
  const port = rest.indexOf(':');
  const end = port >= 0 ? port : rest.indexOf('/');
  const host = end >= 0 ? rest.substring(0, end) : rest;
  if (host === '') return Verify.unsupportedNameSyntax;
  if (base.startsWith('.')) return within(host.length > base.length && endsWith(host, base));
  return within(sameLetters(host, base));
}

/** ipStanding takes address and mask, concatenated, as constraint. */
function ipStanding(address: Uint8Array, base: Uint8Array): Standing {
  const { length } = address;
  if (length !== 4 && length !== 16) return Verify.unsupportedNameSyntax;
  if (base.length !== 8 && base.length !== 32) return Verify.unsupportedNameSyntax;
  if (base.length !== 2 * length) return 'outside';
  const mask = base.subarray(length);
  return within(address.every((byte, at) => ((byte ^ (base[at] ?? 0)) & (mask[at] ?? 0)) === 0));
}

function endsWith(text: string, end: string): boolean {
  const start = text.length - end.length;
  if (start < 0) return false;
  for (let at = 0; at < end.length; at++) {
    if (!isSameLetter(text.charCodeAt(start + at), end.charCodeAt(at))) return false;
  }
  return true;
}

/** sameLetters ignores the case of ASCII letters. It allocates nothing: there may be a million comparisons. */
export function sameLetters(a: string, b: string): boolean {
  return a.length === b.length && endsWith(a, b);
}

function isSameLetter(a: number, b: number): boolean {
  return a === b || ((a ^ b) === 0x20 && (a | 0x20) >= 0x61 && (a | 0x20) <= 0x7a);
}

/** directoryOf makes a subject a GeneralName, for comparison with constraints. */
export function directoryOf(name: (GeneralName & { kind: 'directory' })['name']): GeneralName {
  return { encoding: name.der, kind: 'directory', name };
}

export function textName(kind: 'email' | 'dns', body: Uint8Array): GeneralName {
  return { encoding: body, kind, text: latin1(body) };
}
