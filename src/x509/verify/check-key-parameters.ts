import { dsaWithoutParameters } from './key-kind.ts';
import { type Run, Verify } from './run.ts';

/** The leaf's key can be read, or is one that has its parameters from an authority whose key can be. @throws {Refused} */
export function checkKeyParameters(run: Run): void {
  const whole = run.chain.find(({ facts }) => facts.publicKey || !dsaWithoutParameters(facts.publicKeyInfo));
  run.faultUnless(whole?.keyKind !== undefined, Verify.unspecified, 0);
}
