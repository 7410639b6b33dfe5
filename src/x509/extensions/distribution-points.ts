import { Malformed } from '../../bytes/malformed.ts';
import { canonicalName } from '../asn1/canonical-name.ts';
import { type DistinguishedName, relativeName } from '../asn1/names.ts';
import { Structure } from '../asn1/structure.ts';
import { type GeneralName, generalNames } from './general-name.ts';
import { bitString } from './usage.ts';

/** Every reason but the first bit, which is not used (RFC 5280 section 4.2.1.13). */
export const allReasons = 0x807f;

/** DistributionPointName is a list of names, or a name relative to the CRL issuer's. */
export type DistributionPointName = { readonly names: readonly GeneralName[] } | { readonly relative: Uint8Array };

/** RFC 5280 section 4.2.1.13 */
export interface DistributionPoint {
  readonly name: DistributionPointName | undefined;
  readonly reasons: number;
  readonly crlIssuer: readonly GeneralName[] | undefined;
}

/** @throws {Malformed} */
export function distributionPoints(value: Uint8Array): DistributionPoint[] {
  const list = new Structure(value).sequence('cRLDistributionPoints');
  const points: DistributionPoint[] = [];
  while (!list.isEmpty) points.push(distributionPoint(list.sequence('distributionPoint')));
  return points;
}

function distributionPoint(fields: Structure): DistributionPoint {
  const name = takeName(fields);
  const reasons = fields.takeIf('reasons', 0x81);
  const issuer = fields.takeIf('cRLIssuer', 0xa2);
  fields.end('distributionPoint');
  const crlIssuer = issuer && generalNames(issuer.body);
  if (name === undefined && !crlIssuer?.length) throw new Malformed('neither name nor issuer', ['distributionPoint']);
  return { name, reasons: reasons ? bitString(reasons.body) & allReasons : allReasons, crlIssuer };
}

/** RFC 5280 section 5.2.5 */
export interface IssuingDistributionPoint {
  readonly name: DistributionPointName | undefined;
  readonly onlyUsers: boolean;
  readonly onlyAuthorities: boolean;
  readonly onlyAttributes: boolean;
  readonly isIndirect: boolean;
  /** Undefined: all. */
  readonly onlyReasons: number | undefined;
}

/** `unusable`: restricted to more than one kind of certificate. @throws {Malformed} */
export function issuingDistributionPoint(value: Uint8Array): IssuingDistributionPoint | 'unusable' {
  const fields = new Structure(value).sequence('issuingDistributionPoint');
  const name = takeName(fields);
  const onlyUsers = fields.flag('onlyContainsUserCerts', 0x81);
  const onlyAuthorities = fields.flag('onlyContainsCACerts', 0x82);
  const reasons = fields.takeIf('onlySomeReasons', 0x83);
  const isIndirect = fields.flag('indirectCRL', 0x84);
  const onlyAttributes = fields.flag('onlyContainsAttributeCerts', 0x85);
  fields.end('issuingDistributionPoint');
  if ([onlyUsers, onlyAuthorities, onlyAttributes].filter(Boolean).length > 1) return 'unusable';
  const onlyReasons = reasons && bitString(reasons.body) & allReasons;
  return { name, onlyUsers, onlyAuthorities, onlyAttributes, isIndirect, onlyReasons };
}

function takeName(fields: Structure): DistributionPointName | undefined {
  const field = fields.takeIf('distributionPoint', 0xa0);
  if (field === undefined) return undefined;
  const choice = new Structure(field.body);
  const { tag, body } = choice.take('distributionPointName', 0xa0, 0xa1);
  choice.end('distributionPointName');
  return tag === 0xa0 ? { names: generalNames(body) } : { relative: body };
}

/**
 * wholeName returns the canonical form of the issuer's name with the relative name appended.
 * @throws {Malformed}
 */
export function wholeName(issuer: DistinguishedName, relative: Uint8Array): string {
  return canonicalName(issuer) + canonicalName(relativeName(relative));
}

/** directoryName returns the first directory name of a list. */
export function directoryName(names: readonly GeneralName[] | undefined): DistinguishedName | undefined {
  return names?.flatMap((it) => (it.kind === 'directory' ? [it.name] : []))[0];
}
