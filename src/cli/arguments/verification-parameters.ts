import { isIP } from 'node:net';
import { identifierNamed } from '../../names/object-names.ts';
import type { Purpose, VerifyParameters } from '../../x509/verify/parameters.ts';
import { strtol } from './strtol.ts';

/**
 * Adds an option's argument, which has been checked, to the parameters of a verification. A switch has an empty text.
 */
export type VerifyOption = (text: string, current: VerifyParameters) => VerifyParameters;

/** Switches something on. */
export function sets(changes: VerifyParameters): VerifyOption {
  return (_, current) => ({ ...current, ...changes });
}

/** `-verify_depth`; a negative number takes the limit away. */
export const verifyDepth: VerifyOption = (text, { depth: _, ...others }) => {
  const depth = Number(strtol(text));
  return depth < 0 ? others : { ...others, depth };
};

/** `-auth_level`; a negative number takes the level away. */
export const authenticationLevel: VerifyOption = (text, { authenticationLevel: _, ...others }) => {
  const level = Number(strtol(text));
  return level < 0 ? others : { ...others, authenticationLevel: level };
};

/** `-attime`, in seconds since 1970. */
export const verifyTime: VerifyOption = (text, current) => ({ ...current, atTime: Number(strtol(text)) * 1000 });

/** `-verify_hostname`; an empty name asks for none. */
export const verifyHost: VerifyOption = (name, { hosts: _, ...others }) =>
  name === '' ? others : { ...others, hosts: [name] };

/** `-verify_email`; an empty address asks for none. */
export const verifyEmail: VerifyOption = (address, { email: _, ...others }) =>
  address === '' ? others : { ...others, email: address };

/** `-verify_ip`. */
export const verifyAddress: VerifyOption = (text, current) => ({ ...current, ip: addressBytes(text) });

/** `-policy`, of which all count. */
export const acceptedPolicy: VerifyOption = (text, current) => ({
  ...current,
  policies: [...(current.policies ?? []), policyIdentifier(text)],
});

/** `-purpose`. */
export const purpose: VerifyOption = (word, current) => ({ ...current, purpose: word as Purpose });

/** `-verify_name`: a set of parameters. */
export const parameterSet: VerifyOption = (name, current) => {
  switch (name) {
    case 'pkcs7':
    case 'smime_sign':
      return { ...current, purpose: 'smimesign', trust: 'email' };
    case 'ssl_client':
      return { ...current, purpose: 'sslclient', trust: 'sslClient' };
    case 'ssl_server':
      return { ...current, purpose: 'sslserver', trust: 'sslServer' };
    default:
      return current;
  }
};

/** `-suiteB_128_only` and `-suiteB_192`, which together are `-suiteB_128`. */
export function suiteBLevel(level: '128 only' | '192'): VerifyOption {
  return (_, current) => {
    const { suiteB = level } = current;
    return { ...current, suiteB: suiteB === level ? level : '128' };
  };
}

/** The reference takes blanks for dots, and nothing for 0. */
function policyIdentifier(text: string): string {
  const numbers = () => text.split(/[. ]/).map((arc) => BigInt(arc === '' ? 0 : arc));
  return identifierNamed(text) ?? numbers().join('.');
}

/** The 4 or 16 bytes of an address; of a text that is none, nothing. */
function addressBytes(text: string): Uint8Array {
  if (isIP(text) !== 6) return Uint8Array.from(text.split('.'), Number);
  const [front = '', back] = withoutDots(text).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(front), groups(back ?? '')];
  const missing = back === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array.from({ length: missing }, () => 0), ...after];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

/** The last four bytes of an IPv6 address may be written as those of an IPv4 address. */
function withoutDots(text: string): string {
  return text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}
