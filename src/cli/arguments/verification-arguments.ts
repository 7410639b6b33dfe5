import { ipAddressBytes } from '../../bytes/ip-address.ts';
import { identifierNamed } from '../../names/object-names.ts';
import type { Purpose, VerifyParameters } from '../../x509/verify/parameters.ts';
import { strtol } from './strtol.ts';

/** VerifyOption adds an option's checked argument to the parameters of a verification. A switch has an empty text. */
export type VerifyOption = (text: string, current: VerifyParameters) => VerifyParameters;

/** sets makes a switch. */
export function sets(changes: VerifyParameters): VerifyOption {
  return (_, current) => ({ ...current, ...changes });
}

/** `-verify_depth`; a negative number removes the limit. */
export const verifyDepth: VerifyOption = (text, { depth: _, ...others }) => {
  const depth = Number(strtol(text));
  return depth < 0 ? others : { ...others, depth };
};

/** `-auth_level`; a negative number removes the level. */
export const authenticationLevel: VerifyOption = (text, { authenticationLevel: _, ...others }) => {
  const level = Number(strtol(text));
  return level < 0 ? others : { ...others, authenticationLevel: level };
};

/** `-attime`, in seconds since 1970. */
export const verifyTime: VerifyOption = (text, current) => ({ ...current, atTime: Number(strtol(text)) * 1000 });

/** `-verify_hostname`; an empty name removes it. */
export const verifyHost: VerifyOption = (name, { hosts: _, ...others }) =>
  name === '' ? others : { ...others, hosts: [name] };

/** `-verify_email`; an empty address removes it. */
export const verifyEmail: VerifyOption = (address, { email: _, ...others }) =>
  address === '' ? others : { ...others, email: address };

/** `-verify_ip`. */
export const verifyAddress: VerifyOption = (text, current) => ({ ...current, ip: ipAddressBytes(text) });

/** `-policy`; all of them count. */
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
    default: {
      // Nothing but the default depth.
      const { depth: _, ...others } = current;
      return others;
    }
  }
};

/** `-suiteB_128_only` and `-suiteB_192`, which together are `-suiteB_128`. */
export function suiteBLevel(level: '128 only' | '192'): VerifyOption {
  return (_, current) => {
    const { suiteB = level } = current;
    return { ...current, suiteB: suiteB === level ? level : '128' };
  };
}

/** policyIdentifier treats blanks as dots, and an empty number as 0, as the reference does. */
function policyIdentifier(text: string): string {
  const numbers = () => text.split(/[. ]/).map((arc) => BigInt(arc === '' ? 0 : arc));
  return identifierNamed(text) ?? numbers().join('.');
}
