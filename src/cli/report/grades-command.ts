import { rulesText } from '../../report/card-text.ts';
import { grades, rules, rulesVersion } from '../../report/grade-rules.ts';
import { standingMeanings, standingsDate } from '../../report/standings/standing.ts';
import type { Output } from '../output/output.ts';

/** gradesCommand is `serverhello grades`: it prints the rules with their sources. @returns 0, 1 for other words */
export function gradesCommand(words: readonly string[], output: Output): number {
  if (words.length === 0) output.out(rulesText(rules));
  else if (words.length === 1 && words[0] === '-json') output.out(`${JSON.stringify(rulesJson())}\n`);
  else {
    output.err('grades: It takes -json or nothing\n');
    return 1;
  }
  return 0;
}

function rulesJson() {
  return {
    rules: rulesVersion,
    grades,
    table: rules.map(({ id, sentence, cap, source }) => ({ id, sentence, cap, source })),
    standings: standingsDate,
    meanings: standingMeanings,
  };
}
