import { createHash } from 'node:crypto';
import { der, objectIdentifier, octetString, sequence, Tag, tagged } from '../../bytes/der.ts';
import { Structure } from '../asn1/structure.ts';
import type { CertificateFacts } from '../certificates/certificate.ts';

/**
 * ocspRequest encodes an OCSPRequest (RFC 6960 section 4.1.1) for one certificate. `extensions`: DER of the request's
 * Extensions, or empty. It is unsigned and has no nonce, so that a responder can answer from its cache.
 */
export function ocspRequest(
  certificate: CertificateFacts,
  issuer: CertificateFacts,
  extensions: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const request = sequence(certificateId(certificate, issuer));
  const parts = [sequence(request), ...(extensions.length > 0 ? [tagged(2, extensions)] : [])];
  return sequence(sequence(...parts));
}

/** certificateId encodes a CertID with SHA-1, which every responder supports (RFC 5019 section 2.1.1). */
function certificateId(certificate: CertificateFacts, issuer: CertificateFacts): Uint8Array {
  return sequence(
    sequence(objectIdentifier('1.3.14.3.2.26'), der(Tag.null)),
    octetString(sha1(certificate.issuer.der)),
    octetString(sha1(keyBits(issuer))),
    der(Tag.integer, certificate.serialNumber),
  );
}

/** keyBits returns the subjectPublicKey without its unused-bits byte. */
function keyBits({ publicKeyInfo }: CertificateFacts): Uint8Array {
  const fields = new Structure(publicKeyInfo).sequence('subjectPublicKeyInfo');
  fields.take('algorithm', Tag.sequence);
  return fields.take('subjectPublicKey', Tag.bitString).body.subarray(1);
}

function sha1(bytes: Uint8Array): Uint8Array {
  return createHash('sha1').update(bytes).digest();
}
