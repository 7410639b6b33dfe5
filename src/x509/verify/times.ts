import type { PathCertificate } from './path-certificate.ts';
import { type Run, Verify } from './run.ts';

/** checkTimes checks the validity of the certificate at this depth. @throws {Refused} */
export function checkTimes(run: Run, depth: number): void {
  const { notBefore, notAfter } = run.at(depth).facts;
  const { time } = run;
  if (time === undefined) return;
  // Certificates have times in whole seconds.
  const now = wholeSeconds(time);
  if (notBefore === undefined) run.fault(Verify.faultyNotBefore, depth);
  else if (notBefore > now) run.fault(Verify.notYetValid, depth);
  if (notAfter === undefined) run.fault(Verify.faultyNotAfter, depth);
  else if (notAfter <= now) run.fault(Verify.expired, depth);
}

export function isCurrent({ facts: { notBefore, notAfter } }: PathCertificate, time: number | undefined): boolean {
  if (time === undefined) return true;
  const now = wholeSeconds(time);
  return notBefore !== undefined && notAfter !== undefined && notBefore <= now && notAfter > now;
}

export function wholeSeconds(time: number): number {
  return Math.floor(time / 1000) * 1000;
}
