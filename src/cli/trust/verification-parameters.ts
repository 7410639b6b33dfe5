import { isIP } from 'node:net';
import { identifierNamed } from '../../names/object-names.ts';
import type { Purpose, TrustUse, VerifyParameters } from '../../x509/verify/parameters.ts';
import { integer } from '../arguments/strtol.ts';
import type { Given } from '../options/row.ts';

/** What the options ask of a chain, those of the server as well as those of `verify`. They have been checked. */
export function verifyParameters(options: readonly Given[]): VerifyParameters {
  const has = (name: string) => options.some((it) => it.name === name);
  const all = (name: string) => options.filter((it) => it.name === name).map(({ value }) => String(value));
  const last = (name: string) => all(name).at(-1);
  const number = (name: string) => {
    const value = last(name);
    return value === undefined ? undefined : Number(integer(value));
  };
  const depth = number('verify_depth') ?? -1;
  const authenticationLevel = number('auth_level') ?? -1;
  const atTime = number('attime');
  const host = last('verify_hostname');
  const email = last('verify_email');
  const ip = last('verify_ip');
  return {
    ...usesOf(options),
    ...(depth >= 0 && { depth }),
    ...(authenticationLevel >= 0 && { authenticationLevel }),
    ...(atTime !== undefined && { atTime: atTime * 1000 }),
    ...(host && { hosts: [host] }),
    ...(email && { email }),
    ...(ip !== undefined && { ip: addressBytes(ip) }),
    policies: all('policy').map(policyIdentifier),
    noCheckTime: has('no_check_time'),
    policyCheck: has('policy_check'),
    explicitPolicy: has('explicit_policy'),
    inhibitAny: has('inhibit_any'),
    inhibitMap: has('inhibit_map'),
    policyPrint: has('policy_print'),
    crlCheck: has('crl_check'),
    crlCheckAll: has('crl_check_all'),
    extendedCrl: has('extended_crl'),
    useDeltas: has('use_deltas'),
    ignoreCritical: has('ignore_critical'),
    strict: has('x509_strict'),
    allowProxyCertificates: has('allow_proxy_certs'),
    partialChain: has('partial_chain'),
    checkSelfSignature: has('check_ss_sig'),
    ...suiteBOf(has),
  };
}

/** Of a purpose and a set of parameters with a name, that replaces which is given later. */
function usesOf(options: readonly Given[]): { purpose?: Purpose; trust?: TrustUse } {
  let uses = {};
  for (const { name, value } of options) {
    if (name === 'verify_name') uses = { ...uses, ...namedParameters(String(value)) };
    // The word has been checked while the options were read.
    else if (name === 'purpose') uses = { ...uses, purpose: value as Purpose };
  }
  return uses;
}

/** Sets of parameters that have a name. */
function namedParameters(name: string): { purpose?: Purpose; trust?: TrustUse } {
  switch (name) {
    case 'pkcs7':
    case 'smime_sign':
      return { purpose: 'smimesign', trust: 'email' };
    case 'ssl_client':
      return { purpose: 'sslclient', trust: 'sslClient' };
    case 'ssl_server':
      return { purpose: 'sslserver', trust: 'sslServer' };
    default:
      return {};
  }
}

function suiteBOf(has: (name: string) => boolean): Pick<VerifyParameters, 'suiteB'> {
  const allows128 = has('suiteB_128_only') || has('suiteB_128');
  const allows192 = has('suiteB_192') || has('suiteB_128');
  if (allows128) return { suiteB: allows192 ? '128' : '128 only' };
  return allows192 ? { suiteB: '192' } : {};
}

/** The reference takes blanks for dots, and nothing for 0. */
function policyIdentifier(text: string): string {
  const numbers = () => text.split(/[. ]/).map((arc) => BigInt(arc === '' ? 0 : arc));
  return identifierNamed(text) ?? numbers().join('.');
}

/** The 4 or 16 bytes of an address; of a text that is none, nothing. */
export function addressBytes(text: string): Uint8Array {
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
