import { Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { Structure } from '../asn1/structure.ts';
import { countFrom } from './count.ts';

/** RFC 5280 section 4.2.1.9 */
export interface BasicConstraints {
  readonly isAuthority: boolean;
  readonly pathLength: number | undefined;
}

/** @throws {Malformed} */
export function basicConstraints(value: Uint8Array): BasicConstraints {
  const fields = new Structure(value).sequence('basicConstraints');
  const isAuthority = fields.flag('cA');
  const pathLength = fields.takeIf('pathLenConstraint', Tag.integer);
  fields.end('basicConstraints');
  return { isAuthority, pathLength: pathLength && countFrom(pathLength.body) };
}

/** proxyPathLength returns pCPathLenConstraint (RFC 3820 section 3.8); undefined: no limit. @throws {Malformed} */
export function proxyPathLength(value: Uint8Array): number | undefined {
  const fields = new Structure(value).sequence('proxyCertInfo');
  const pathLength = fields.takeIf('pCPathLenConstraint', Tag.integer);
  const policy = fields.sequence('proxyPolicy');
  policy.take('policyLanguage', Tag.objectIdentifier);
  policy.takeIf('policy', Tag.octetString);
  policy.end('proxyPolicy');
  fields.end('proxyCertInfo');
  if (pathLength === undefined) return undefined;
  const count = countFrom(pathLength.body);
  if (count === Number.MAX_SAFE_INTEGER) throw new Malformed('too large', ['pCPathLenConstraint']);
  return count;
}
