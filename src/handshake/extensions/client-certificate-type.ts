import { CertificateType, clientCertificateType as kind } from '../../messages/extensions/client-certificate-type.ts';
import { Problem } from '../../names/problems.ts';
import type { Flow } from '../flow/flow.ts';
import { type Round, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/**
 * RFC 7250 section 3. The choice is true when the client must send its raw public key; otherwise there is no answer.
 */
export const clientCertificateType = serverExtension(kind, {
  versions: 'any',
  offer: offer(kind, { where: 'tls_parse_ctos_client_cert_type' }),
  isOn: ({ clientAuthentication }) => clientAuthentication?.rawPublicKeys === true,
  choose: takesRawPublicKey,
  answers: { serverHello12: rawPublicKeyIf, encryptedExtensions: rawPublicKeyIf },
});

/**
 * True when a client that is asked sends its raw public key, the type that we prefer.
 * @throws {Problem} when the client supports no type that we accept
 */
export function takesRawPublicKey(
  offered: readonly number[] | undefined,
  { settings: { clientAuthentication } }: Pick<Flow, 'settings'>,
  { asksClient }: Pick<Round, 'asksClient'>,
): boolean {
  if (!asksClient || !clientAuthentication?.rawPublicKeys || offered === undefined) return false;
  if (offered.includes(CertificateType.rawPublicKey)) return true;
  if (offered.includes(CertificateType.x509)) return false;
  throw new Problem('badExtension', 'tls_construct_stoc_client_cert_type', { alert: 'unsupported_certificate' });
}

function rawPublicKeyIf(_subject: unknown, chosen: boolean) {
  return chosen ? CertificateType.rawPublicKey : undefined;
}
