import type { StatusAnswer, StatusQuestion } from '../handshake/flow/status-lookup.ts';
import { certificateFacts } from '../x509/certificates/certificate.ts';

/** StatusFound takes an OCSP response (DER), nothing if there is none, or an error, which ends the handshake. */
export type StatusFound = (error: Error | null, response?: Uint8Array | null) => void;

/** TellStatusRequest reports a request; `issuer` (DER) is null where the chain does not have it. */
export type TellStatusRequest = (certificate: Buffer, issuer: Buffer | null, found: StatusFound) => void;

/** askForStatus leaves the OCSP response for our certificate to the listener of the request. */
export function askForStatus({ chain }: StatusQuestion, tell: TellStatusRequest): Promise<StatusAnswer> {
  const [certificate] = chain;
  if (certificate === undefined) return Promise.resolve([]);
  return new Promise((resolve, reject) => {
    tell(Buffer.from(certificate), issuerIn(chain), (error, response) => {
      if (error) reject(error);
      else resolve(response ? [Uint8Array.from(response)] : []);
    });
  });
}

function issuerIn([certificate, ...others]: readonly Uint8Array[]): Buffer | null {
  if (certificate === undefined) return null;
  const wanted = Buffer.from(certificateFacts(certificate).issuer.der);
  const found = others.find((it) => wanted.equals(certificateFacts(it).subject.der));
  return found === undefined ? null : Buffer.from(found);
}
