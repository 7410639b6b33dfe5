import { Narrator } from '../apps/printing/narrator.ts';
import type { Outputs } from '../apps/printing/outputs.ts';
import { explain } from '../diagnostics/explanations/explain.ts';
import type { Fact } from '../facts/fact.ts';
import { FactStream } from '../facts/fact-stream.ts';
import { shownCertificates } from '../facts/listening-fact.ts';
import type { Options } from './options/index.ts';
import { isSilenced, narrates, type Prepared } from './prepare.ts';
import type { Company } from './start/json-facts.ts';

/** The facts of a run, and who tells people about them. */
export interface Narration {
  readonly facts: () => FactStream;
  readonly narrator?: Narrator;
}

/** The facts of connections go to `-json`, to people, or to both. */
export function narration(
  prepared: Prepared,
  outputs: Outputs,
  { readByPerson, hear }: { readonly readByPerson: boolean; readonly hear?: ((fact: Fact) => void) | undefined },
): Narration {
  const { options, settings, facts: json } = prepared;
  const narrator = narrates(prepared, readByPerson)
    ? new Narrator({ outputs, colours: readByPerson && wantsColours(options), silenced: isSilenced(options) })
    : undefined;
  const company: Company = {
    goesOn: (error, depth) => settings.clientAuthentication?.goesOn?.(error, depth) === true,
    explain: (failed, story) => explain(failed, story, shownCertificates(settings)),
    hear: (fact) => {
      narrator?.hear(fact);
      hear?.(fact);
    },
  };
  json?.accompany(company);
  const stream = json?.stream ?? new FactStream({ ...company, emit: company.hear });
  return { facts: () => stream, ...(narrator && { narrator }) };
}

function wantsColours({ no_color }: Options): boolean {
  return no_color !== true && !process.env.NO_COLOR;
}
