import type { AnsweringOptions } from '../../apps/answering.ts';
import { connectionName } from '../../diagnostics/connection-words.ts';
import type { Fact } from '../../facts/fact.ts';
import { cardText } from '../../report/card-text.ts';
import { reportPage } from '../../report/report-page.ts';
import { Visits } from '../../report/visits/visits.ts';
import type { Output } from '../output/output.ts';

/** Reporter makes the cards of `-report` from the facts that it hears. */
export interface Reporter extends Required<Pick<AnsweringOptions, 'pageFor'>> {
  hear(fact: Fact): void;
}

/** The reporter prints the card of each new kind of client, and answers requests with the cards of those who ask. */
export function reporter(output: Output): Reporter {
  const visits = new Visits({
    newKind: ({ connection, remote, card }) =>
      output.out(`\nReport card of ${connectionName(connection, remote)}\n${cardText(card)}\n`),
    unread: ({ connection, text, explain }, remote) => {
      const lines = [
        `No report card of ${connectionName(connection, remote)}: ${text}`,
        ...explain.map((it) => `  ${it}`),
      ];
      output.out(`\n${lines.join('\n')}\n`);
    },
  });
  return {
    hear: (fact) => visits.hear(fact),
    pageFor(connection, asked) {
      const card = visits.cardOf(connection);
      return card && reportPage(card, asked);
    },
  };
}
