import { type Card, compressionText, countsText, judgedLists, nameText, peerText } from './card.ts';
import { type Rule, rulesVersion } from './grade-rules.ts';
import { type Standing, standingMeanings, standingsDate } from './standings/standing.ts';
import type { Behaviour } from './visits/visitor.ts';

/** cardText is a card for a terminal: plain ASCII lines, without a client's control characters. */
export function cardText(card: Card): string {
  const { grade, rules, standings, findings, notes } = card;
  return [
    `Grade ${grade} (rules: ${rules}, standings: ${standings})\n`,
    ...findings.map(
      ({ cap, sentence, source, because }) =>
        `  at most ${cap.padEnd(2)}  ${sentence} (${source})\n${wrapped(because.map(nameText))}`,
    ),
    ...notes.map((note) => `  note        ${note}\n`),
    ...behaviourLines(card.behaviour),
    `\nServer name: ${card.serverName === null ? 'none' : peerText(card.serverName)}\n`,
    `ALPN: ${card.alpn.map(peerText).join(', ') || 'none'}\n`,
    `Modes of pre-shared keys: ${card.pskModes.map(nameText).join(', ') || 'none'}\n`,
    `Point formats: ${card.pointFormats.map(nameText).join(', ') || 'none'}\n`,
    `Compression: ${compressionText(card.compressionMethods)}\n`,
    `JA4: ${card.ja4}\nJA3: ${card.ja3}\nJA3n: ${card.ja3n}\n`,
    ...judgedLists(card).map(
      ([title, list]) =>
        `\n${title}: ${countsText(list)}\n${list.map((it) => row(nameText(it), it.standing, it.purpose)).join('')}`,
    ),
  ].join('');
}

/** rulesText is what `serverhello grades` prints. */
export function rulesText(rules: readonly Rule[]): string {
  const standings = Object.entries(standingMeanings) as [Standing, string][];
  return [
    `rules: ${rulesVersion}\n\nThe grade of a client is the lowest of:\n`,
    ...rules.map(
      ({ id, cap, sentence, source }) => `  ${cap.padEnd(2)}  ${id.padEnd(idWidth)}  ${sentence} (${source})\n`,
    ),
    '  A+  where none of these applies\n',
    `\nstandings: ${standingsDate}\n`,
    ...standings.map(([standing, meaning]) => `  ${standing.padEnd(standingWidth)}  ${meaning}\n`),
  ].join('');
}

/** Lines about the visits of a client; none for a single hello. */
function behaviourLines(behaviour: Behaviour | undefined): readonly string[] {
  return (behaviour?.remarks ?? []).map(({ sentence, isFault, source }) => {
    const from = source === null ? '' : ` (${source})`;
    return `  ${isFault ? 'FAULT ' : 'visits'}      ${sentence}${from}\n`;
  });
}

function row(name: string, standing: string, purpose: string): string {
  return `  ${name.padEnd(nameWidth)}  ${standing.padEnd(standingWidth)}  ${purpose}\n`;
}

/** Lines of names, indented. */
function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const line = lines.at(-1);
    const longer = `${line}, ${name}`;
    if (line !== undefined && longer.length <= longestLine) lines[lines.length - 1] = longer;
    else lines.push(name);
  }
  return lines.map((line) => `              ${line}\n`).join('');
}

const nameWidth = 45;
const idWidth = 25;
const standingWidth = 11;
const longestLine = 100;
