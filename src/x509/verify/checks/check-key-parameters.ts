import { dsaWithoutParameters } from '../key-kind.ts';
import { Refused, type Run, Verify } from '../run.ts';
import { unknownParameters } from '../unusable-lines.ts';

/**
 * checkKeyParameters requires a readable leaf key, or an issuer with a readable key for a DSA key without parameters.
 * The watcher cannot ignore this fault.
 * @throws {Refused}
 */
export function checkKeyParameters(run: Run): void {
  const whole = run.chain.find(({ facts }) => facts.publicKey || !dsaWithoutParameters(facts.publicKeyInfo));
  if (whole?.keyKind !== undefined) return;
  run.left.push(...unknownParameters(run.at(0)));
  run.error = Verify.unspecified;
  throw new Refused();
}
