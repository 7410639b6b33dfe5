import { Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { dotted } from '../asn1/object-identifier.ts';
import { Structure } from '../asn1/structure.ts';
import type { CertificateFacts } from '../certificates/certificate.ts';
import { generalName } from '../extensions/general-name.ts';

/** ResponderUrl is the parsed address of an OCSP responder. */
export interface ResponderUrl {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** Path and query, with a leading slash. */
  readonly path: string;
}

/** responderAddress returns the first OCSP URI of the authority information access (RFC 5280 section 4.2.2.1). */
export function responderAddress({ extensions }: CertificateFacts): string | undefined {
  const extension = extensions.find(({ oid }) => oid === authorityInfoAccess);
  return extension && addressIn(extension.value);
}

/** responderUrl parses a URL as the reference does: http by default, no user, no fragment; undefined if invalid. */
export function responderUrl(text: string): ResponderUrl | undefined {
  const [, scheme, rest = ''] = /^(?:([^:/?#]*):\/\/)?(.*)$/s.exec(text) ?? [];
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return undefined;
  const match = /^(?:[^/?#@]*@)?(?:\[([^\]]*)\]|([^[:/?#][^:/?#]*)?)(?::(\d+))?([/?#].*)?$/s.exec(rest);
  if (match === null) return undefined;
  const [, bracketed, plain = '', digits, behind = ''] = match;
  const secure = scheme === 'https';
  const port = digits === undefined ? (secure ? 443 : 80) : Number(digits);
  const [path = ''] = behind.split('#', 1);
  const hasControl = /[^\x21-\x7e]/.test(text);
  if (port > 65535 || hasControl) return undefined;
  return { secure, host: bracketed ?? plain, port, path: path.startsWith('/') ? path : `/${path}` };
}

/** urlFault returns the reference's error line for a URL that responderUrl rejects. */
export function urlFault(text: string): ErrorLine {
  const [, scheme, rest = ''] = /^(?:([^:/?#]*):\/\/)?(.*)$/s.exec(text) ?? [];
  const isKnown = scheme === undefined || scheme === 'http' || scheme === 'https';
  if (!isKnown) return line(124, 'invalid url scheme', 'OSSL_HTTP_parse_url');
  const afterUser = rest.replace(/^[^/?#@]*@/, '');
  if (/^\[[^\]]*$/.test(afterUser)) return line(101, 'error parsing url', 'OSSL_parse_url');
  const [, port = ''] = /^(?:\[[^\]]*\]|[^:/?#]*):?(.*)$/s.exec(afterUser) ?? [];
  return line(123, 'invalid port number', 'OSSL_parse_url', port.replace(/[^\x20-\x7e]/g, ' '));
}

function line(reason: number, text: string, where: string, extra?: string): ErrorLine {
  return { library: 61, reason, text, function: where, ...(extra !== undefined && { extra }) };
}

const authorityInfoAccess = '1.3.6.1.5.5.7.1.1';
const ocspMethod = '1.3.6.1.5.5.7.48.1';

/** addressIn ignores an unreadable extension, as the reference does. */
function addressIn(value: Uint8Array): string | undefined {
  try {
    const list = new Structure(value).sequence('authorityInfoAccess');
    while (!list.isEmpty) {
      const access = list.sequence('accessDescription');
      const method = dotted(access.take('accessMethod', Tag.objectIdentifier).body);
      const location = generalName(access.take('accessLocation'));
      if (method === ocspMethod && location.kind === 'uri') return location.text;
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  return undefined;
}
