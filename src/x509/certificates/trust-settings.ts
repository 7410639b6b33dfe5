import { elementAt, Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { dotted } from '../asn1/object-identifier.ts';
import { Structure } from '../asn1/structure.ts';

/** TrustSettings are the trusted and rejected uses in a `TRUSTED CERTIFICATE` block of OpenSSL. */
export interface TrustSettings {
  /** Object identifiers; undefined if absent. */
  readonly trusted: ReadonlySet<string> | undefined;
  readonly rejected: ReadonlySet<string> | undefined;
}

/**
 * trustedCertificate splits the contents of a `TRUSTED CERTIFICATE` block into certificate and optional settings.
 * @throws {Malformed}
 */
export function trustedCertificate(der: Uint8Array): { certificate: Uint8Array; trust: TrustSettings | undefined } {
  const { end } = elementAt(der, 0);
  const certificate = der.subarray(0, end);
  if (end === der.length) return { certificate, trust: undefined };
  const outer = new Structure(der.subarray(end));
  const fields = outer.sequence('trust settings');
  outer.end('trust settings');
  const trusted = fields.takeIf('trust', Tag.sequence)?.body;
  const rejected = fields.takeIf('reject', 0xa0)?.body;
  fields.takeIf('alias', Tag.utf8String);
  fields.takeIf('keyid', Tag.octetString);
  fields.takeIf('other', 0xa1);
  fields.end('trust settings');
  return {
    certificate,
    trust: { trusted: trusted && identifiers(trusted), rejected: rejected && identifiers(rejected) },
  };
}

function identifiers(body: Uint8Array): ReadonlySet<string> {
  const fields = new Structure(body);
  const found = new Set<string>();
  while (!fields.isEmpty) found.add(dotted(fields.take('use', Tag.objectIdentifier).body));
  if (found.size > 1000) throw new Malformed(`${found.size} uses`, ['trust settings']);
  return found;
}
