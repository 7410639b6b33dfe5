import { Certificate12, Certificate13, RawPublicKey12 } from '../messages/certificate.ts';
import { CompressedCertificate } from '../messages/compressed-certificate.ts';
import { certificateFacts } from '../x509/certificate.ts';
import type { Credential } from '../x509/credential.ts';
import { certificateMessage, compressed } from './certificate-compression.ts';
import type { Offers } from './extensions/index.ts';
import { sendsRawPublicKey } from './extensions/server-certificate-type.ts';
import type { Flow } from './flow.ts';

/** RFC 8446 section 4.4.2, RFC 8879, RFC 7250: the chain, compressed where both sides want that, or the bare key. */
export function sendCertificate13(flow: Flow, credential: Credential, offers: Offers): void {
  if (sendsRawPublicKey(flow.settings, offers)) {
    const key = { ...credential, chain: [publicKeyOf(credential)] };
    flow.send(Certificate13, certificateMessage(key));
    return;
  }
  const certificate = certificateMessage(credential);
  const short = flow.settings.compressesCertificates
    ? compressed(credential, certificate, offers.compressCertificate ?? [])
    : undefined;
  if (short === undefined) flow.send(Certificate13, certificate);
  else flow.send(CompressedCertificate, short);
}

/** RFC 5246 section 7.4.2, RFC 7250 */
export function sendCertificate12(flow: Flow, credential: Credential, offers: Offers): void {
  if (sendsRawPublicKey(flow.settings, offers)) {
    flow.send(RawPublicKey12, { publicKeyInfo: publicKeyOf(credential) });
  } else {
    flow.send(Certificate12, { certificateList: credential.chain });
  }
}

/** SubjectPublicKeyInfo */
function publicKeyOf({ chain: [leaf] }: Credential): Uint8Array {
  if (leaf === undefined) throw new Error('a credential without a certificate');
  return certificateFacts(leaf).publicKeyInfo;
}
