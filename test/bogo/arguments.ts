import { BadValue, type Flag, NotImplemented } from './flags/flag.ts';
import { refusedFlags } from './flags/refused.ts';
import { flags, freshPlan, type Plan } from './plan.ts';

/** Plans are those of the first connection and of the further ones. */
export interface Plans {
  readonly first: Plan;
  readonly further: Plan;
}

/** Prefixes of flags that count for some connections only. */
const prefixes = [
  ['on-initial-', 'first'],
  ['on-resume-', 'further'],
] as const;

/**
 * readArguments reads the flags; their values are bytes, each as one character.
 * @throws {NotImplemented}
 * @throws {BadValue}
 */
export function readArguments(words: readonly string[]): Plans {
  const plans = { first: freshPlan(), further: freshPlan() };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const { flag, targets } = flagOf(word);
    const value = flag.takes === 'value' ? words[++at] : '';
    if (value === undefined) throw new BadValue(`${word} needs a value`);
    for (const target of targets) flag.apply(plans[target], value);
  }
  if (!plans.first.isServer) throw new NotImplemented('only the server role is implemented');
  return plans;
}

function flagOf(word: string): { flag: Flag<Plan>; targets: readonly (keyof Plans)[] } {
  const name = word.replace(/^-/, '');
  const found = named(name);
  if (found !== undefined && word !== name) return { flag: found, targets: ['first', 'further'] };
  for (const [prefix, target] of prefixes) {
    const flag = name.startsWith(prefix) ? named(name.substring(prefix.length)) : undefined;
    if (flag !== undefined && word !== name) return { flag, targets: [target] };
  }
  const reason = refusedFlags[name.replace(/^on-(?:initial|resume)-/, '')];
  throw new NotImplemented(`${word} is not implemented${reason === undefined ? '' : `: ${reason}`}`);
}

function named(name: string): Flag<Plan> | undefined {
  return Object.hasOwn(flags, name) ? flags[name] : undefined;
}
