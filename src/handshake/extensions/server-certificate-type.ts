import { CertificateType } from '../../messages/extensions/client-certificate-type.ts';
import { serverCertificateType as kind } from '../../messages/extensions/server-certificate-type.ts';
import { Problem } from '../../names/problems.ts';
import type { Flow } from '../flow/flow.ts';
import type { Settings } from '../flow/settings.ts';
import { type Round, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** A code point; undefined when nothing is negotiated, or no certificate is sent. */
type Chosen = number | 'unsupported' | undefined;

/** RFC 7250 section 3. The choice is the type of our certificate. */
export const serverCertificateType = serverExtension(kind, {
  versions: 'any',
  offer: offer(kind, { where: 'tls_parse_ctos_server_cert_type' }),
  isOn: ({ rawPublicKey }) => rawPublicKey === true,
  choose: formOfOurs,
  answers: { serverHello12: formSent, encryptedExtensions: formSent },
});

function formOfOurs(
  offered: readonly number[] | undefined,
  { settings }: Flow,
  { resumed, cipherSuite: { authentication } }: Round,
): Chosen {
  const type = commonType(settings, offered);
  return type !== 'unsupported' && (resumed || withoutCertificate.has(authentication)) ? undefined : type;
}

/** @throws {Problem} when the client supports no type that we have */
function formSent(_subject: unknown, chosen: Chosen): number | undefined {
  if (chosen !== 'unsupported') return chosen;
  throw new Problem('badExtension', 'tls_construct_stoc_server_cert_type', { alert: 'unsupported_certificate' });
}

/** True when a client gets our raw public key in place of the certificate. */
export function sendsRawPublicKey(settings: Settings, offered: readonly number[] | undefined): boolean {
  return commonType(settings, offered) === CertificateType.rawPublicKey;
}

/** Our order counts, which prefers the raw public key. */
function commonType({ rawPublicKey }: Settings, offered: readonly number[] | undefined): Chosen {
  if (!rawPublicKey || offered === undefined) return undefined;
  const ours = [CertificateType.rawPublicKey, CertificateType.x509];
  return ours.find((it) => offered.includes(it)) ?? 'unsupported';
}

/** Authentications of cipher suites. */
const withoutCertificate: ReadonlySet<string> = new Set(['None', 'PSK', 'SRP']);
