import { dsaWithoutParameters } from '../key-kind.ts';
import { Refused, type Run, Verify } from '../run.ts';
import { unknownParameters } from '../unusable-lines.ts';

/**
 * The leaf's key can be read, or is one that has its parameters from an authority whose key can be. The watcher is not asked.
 * @throws {Refused}
 */
export function checkKeyParameters(run: Run): void {
  const whole = run.chain.find(({ facts }) => facts.publicKey || !dsaWithoutParameters(facts.publicKeyInfo));
  if (whole?.keyKind !== undefined) return;
  run.left.push(...unknownParameters(run.at(0)));
  run.error = Verify.unspecified;
  throw new Refused();
}
