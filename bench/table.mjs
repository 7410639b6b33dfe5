import { median, middleHalf } from './statistics.mjs';

/** tableLine is one line of the table in Markdown, from the pairs of one measurement. */
export function tableLine({ what, unit, against, pairs, compare, must }) {
  const ours = number(median(pairs.map((it) => it.ours)));
  const theirs = number(median(pairs.map((it) => it.theirs)));
  const compared = pairs.map((it) => (compare === 'ratio' ? it.ours / it.theirs : it.ours - it.theirs));
  const text = compare === 'ratio' ? (value) => `${value.toFixed(2)}x` : (value) => signed(value, unit);
  const spread = middleHalf(compared).map(text).join(' to ');
  const limit = must === undefined ? '' : `<= ${compare === 'ratio' ? `${must.toFixed(1)}x` : signed(must, unit)}`;
  return `| ${what} | ${ours} ${unit} | ${theirs} ${unit} (${against}) | ${text(median(compared))} | ${spread} | ${limit} |`;
}

export const tableHead = `| what | serverhello | against | compared | middle half of the rounds | must |
|---|---|---|---|---|---|`;

function signed(value, unit) {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(0)} ${unit}`;
}

function number(value) {
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}
