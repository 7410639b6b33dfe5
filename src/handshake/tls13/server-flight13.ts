import type { Response } from '../../crypto/groups.ts';
import { CertificateVerify } from '../../messages/certificate-verify.ts';
import { EncryptedExtensions } from '../../messages/encrypted-extensions.ts';
import { Finished } from '../../messages/finished.ts';
import { ServerHello } from '../../messages/server-hello.ts';
import { asksForCertificate, sendCertificateRequest13 } from '../certificates/certificate-request.ts';
import { sendCertificate13 } from '../certificates/own-certificate.ts';
import { tellOwnGroups } from '../decisions/groups.ts';
import { answersIn, encryptedExtensions } from '../extensions/index.ts';
import { limitRecords } from '../extensions/record-size-limit.ts';
import type { Flow } from '../flow/flow.ts';
import { serverInfoIn } from '../flow/server-info.ts';
import { confirmHello } from '../hello/ech-confirmation.ts';
import { type HandshakeKeys, serverFinished } from './keys13.ts';
import type { CertificateChoice, Negotiated13 } from './negotiate13.ts';
import { suiteHash } from './resume13.ts';
import { type KeyAgreement, serverHello13 } from './stateless-retry.ts';

/** RFC 8446 section 4.1.3. `response` is our share, undefined when the PSK is used alone. */
export function sendServerHello13(
  flow: Flow,
  { draft, retried }: KeyAgreement,
  agreed: Negotiated13,
  response: Response | undefined,
): void {
  const { psk, group, cipherSuite } = agreed;
  limitRecords(flow, agreed.chosen);
  const share = group && response && { group: group.code, keyExchange: response.share };
  const info = serverInfoIn('serverHello13', flow.settings.serverInfo, agreed);
  const extensions = answersIn('serverHello13', { share, selectedPsk: psk?.index }, info);
  const hello = serverHello13(draft, flow.surroundings.random(32), extensions);
  flow.send(ServerHello, confirmHello(flow, draft.hello, hello, suiteHash(cipherSuite)));
  if (!retried && flow.settings.middleboxCompatibility) flow.sendChangeCipherSpec();
}

/** RFC 8446 section 4.3.1 */
export function sendEncryptedExtensions(flow: Flow, agreed: Negotiated13): void {
  tellOwnGroups(flow, agreed.group);
  flow.send(EncryptedExtensions, { extensions: encryptedExtensions(agreed) });
}

/** Requests the client's certificate, if we send one of ours. */
export function sendCertificateRequest(flow: Flow, agreed: Negotiated13): 'asked' | 'notAsked' {
  if (agreed.signature === undefined || !asksForCertificate(flow, agreed.cipherSuite)) return 'notAsked';
  const info = serverInfoIn('certificateRequest', flow.settings.serverInfo, agreed);
  sendCertificateRequest13(flow, new Uint8Array(0), info);
  return 'asked';
}

/** RFC 8446 section 4.4: Certificate and CertificateVerify, unless a PSK replaces them, and Finished. */
export function sendAuthentication(flow: Flow, agreed: Negotiated13, keys: HandshakeKeys): Uint8Array {
  if (agreed.signature) sendCertificate(flow, agreed, agreed.signature);
  const verifyData = serverFinished(flow, keys);
  flow.send(Finished, { verifyData });
  return verifyData;
}

/** RFC 8446 sections 4.4.2 and 4.4.3 */
function sendCertificate(flow: Flow, agreed: Negotiated13, { credential, scheme }: CertificateChoice): void {
  sendCertificate13(flow, credential, agreed);
  const signed = Buffer.concat([signaturePrefix, flow.transcript.digest(suiteHash(agreed.cipherSuite))]);
  const signature = flow.surroundings.sign(scheme.code, credential.key, signed);
  flow.send(CertificateVerify, { algorithm: scheme.code, signature });
}

/** RFC 8446 section 4.4.3 */
const signaturePrefix = Buffer.from(`${' '.repeat(64)}TLS 1.3, server CertificateVerify\0`, 'latin1');
