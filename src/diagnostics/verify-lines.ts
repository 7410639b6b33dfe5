import type { Observer } from '../connection/observer.ts';
import { verifyErrorText } from '../names/verify-errors.ts';
import { timeText } from '../x509/asn1/time-text.ts';
import { certificateFields } from '../x509/certificates/certificate-fields.ts';
import { type Check, Verify } from '../x509/verify/run.ts';
import { policiesText } from './policies-text.ts';

export interface VerifyLinesOptions {
  err(text: string): void;
  /** Formats a distinguished name (DER) per `-nameopt`. */
  readonly nameText: (name: Uint8Array) => string;
  /** `-verify_quiet`: prints faults only. */
  readonly quiet: boolean;
  /** goesOn reports whether the handshake continues after a fault. */
  goesOn(error: number, depth: number): boolean;
}

/** verifyLines prints every step of the verification of a client's certificate. */
export function verifyLines(options: VerifyLinesOptions): Observer {
  return { verify: (check) => options.err(checkLines(check, options)) };
}

function checkLines(check: Check, { nameText, quiet, goesOn }: VerifyLinesOptions): string {
  const { ok, error, depth, certificate, policies } = check;
  const isFault = ok === 'fault';
  const subject = certificate === undefined ? '<no cert>' : nameText(certificate.facts.subject.der);
  const told = quiet ? '' : policiesText(policies);
  return [
    quiet && !isFault ? '' : `depth=${depth} ${subject}\n`,
    isFault ? `verify error:num=${error}:${verifyErrorText(error)}\n` : '',
    faultDetails(check, nameText),
    error === Verify.noExplicitPolicy ? told : '',
    ok === 'policies' && error === Verify.ok ? told : '',
    quiet || (isFault && !goesOn(error, depth)) ? '' : `verify return:${ok === 'policies' ? 2 : 1}\n`,
  ].join('');
}

/** faultDetails is also printed at later steps, as long as no other fault is found. */
function faultDetails({ error, certificate }: Check, nameText: VerifyLinesOptions['nameText']): string {
  if (certificate === undefined) return '';
  const { facts } = certificate;
  switch (error) {
    case Verify.unableToGetIssuer:
      return `issuer= ${nameText(facts.issuer.der)}\n`;
    case Verify.notYetValid:
    case Verify.faultyNotBefore:
      return `notBefore=${timeText(certificateFields(facts.der).notBefore)}\n`;
    case Verify.expired:
    case Verify.faultyNotAfter:
      return `notAfter=${timeText(certificateFields(facts.der).notAfter)}\n`;
    default:
      return '';
  }
}
