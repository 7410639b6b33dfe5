import type { Choice, ChoiceKind } from '../connection/observer.ts';
import { ownCertificateFact } from './certificate-facts.ts';
import { groupPoint, schemePoint, suitePoint, versionPoint } from './decoding/code-points.ts';
import { type CodePoint, type Text, textOf } from './decoding/value.ts';
import type { Telling } from './fact.ts';

/** choiceOf describes a choice: code points with their names, certificates by their subjects. */
export function choiceOf(what: ChoiceKind, { chosen, from, ours, why }: Choice): Telling<'choice'> {
  const shown = (value: number | Uint8Array) => shownAs(what, value);
  return {
    what,
    chosen: chosen === undefined ? null : shown(chosen),
    from: from.map(shown),
    ours: ours.map(shown),
    why,
  };
}

function shownAs(what: ChoiceKind, value: number | Uint8Array): CodePoint | Text {
  if (typeof value !== 'number') return what === 'certificate' ? ownCertificateFact(value).subject : textOf(value);
  switch (what) {
    case 'version':
      return versionPoint(value);
    case 'suite':
      return suitePoint(value);
    case 'group':
      return groupPoint(value);
    default:
      return schemePoint(value);
  }
}
