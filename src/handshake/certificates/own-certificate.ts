import { Certificate12, Certificate13, RawPublicKey12 } from '../../messages/certificate.ts';
import { CertificateStatus } from '../../messages/certificate-status.ts';
import { CompressedCertificate } from '../../messages/compressed-certificate.ts';
import type { Extension } from '../../messages/extensions/extension.ts';
import { ocspStatusType } from '../../messages/extensions/status-request.ts';
import { certificateFacts } from '../../x509/certificates/certificate.ts';
import type { Credential } from '../../x509/files/credential.ts';
import { tellChain } from '../decisions/certificates.ts';
import { answersIn, type Decided12, type Decided13 } from '../extensions/index.ts';
import { sendsRawPublicKey } from '../extensions/server-certificate-type.ts';
import type { Flow } from '../flow/flow.ts';
import { serverInfoIn } from '../flow/server-info.ts';
import type { SessionInfo } from '../flow/session-info.ts';
import { certificateMessage, compressed } from './certificate-compression.ts';

/**
 * RFC 8446 section 4.4.2, RFC 8879, RFC 7250: the chain, compressed if both sides support it, or the raw public key.
 */
export function sendCertificate13(flow: Flow, credential: Credential, agreed: Decided13): void {
  const { offers } = agreed;
  if (sendsRawPublicKey(flow.settings, offers.serverCertificateType)) {
    const key = { ...credential, chain: [publicKeyOf(credential)] };
    flow.send(Certificate13, certificateMessage(key));
    return;
  }
  tellChain(flow, credential.chain);
  const certificate = certificateMessage(credential, certificateExtensions(credential, agreed));
  const short = flow.settings.compressesCertificates
    ? compressed(credential, certificate, offers.compressCertificate ?? [])
    : undefined;
  if (short === undefined) flow.send(Certificate13, certificate);
  else flow.send(CompressedCertificate, short);
}

/** RFC 5246 section 7.4.2, RFC 7250, and the OCSP response (RFC 6066 section 8). */
export function sendCertificate12(flow: Flow, credential: Credential, agreed: Decided12): void {
  if (sendsRawPublicKey(flow.settings, agreed.offers.serverCertificateType)) {
    flow.send(RawPublicKey12, { publicKeyInfo: publicKeyOf(credential) });
  } else {
    tellChain(flow, credential.chain);
    flow.send(Certificate12, { certificateList: credential.chain });
  }
  const [response] = agreed.chosen.statusRequest;
  if (response) flow.send(CertificateStatus, { statusType: ocspStatusType, response });
}

/** Extensions by certificate, leaf first. */
function certificateExtensions({ chain }: Credential, decided: Decided13): Extension[][] {
  const { settings, chosen } = decided;
  const info = serverInfoIn('certificate', settings.serverInfo, decided);
  return chain.map((_, index) =>
    answersIn(
      'certificate',
      { isLeaf: index === 0, response: chosen.statusRequest[index] },
      index === 0 ? info : [],
      chosen,
    ),
  );
}

/** The part of the report about our certificate. */
export function shownCertificate(credential: Credential | undefined): Pick<SessionInfo, 'serverCertificate'> {
  const [leaf] = credential?.chain ?? [];
  return leaf === undefined ? {} : { serverCertificate: leaf };
}

/** SubjectPublicKeyInfo */
function publicKeyOf({ chain: [leaf] }: Credential): Uint8Array {
  if (leaf === undefined) throw new Error('a credential without a certificate');
  return certificateFacts(leaf).publicKeyInfo;
}
