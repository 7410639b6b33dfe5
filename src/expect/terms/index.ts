import { offerTerms } from './offers.ts';
import { outcomeTerms } from './outcomes.ts';
import type { Term } from './term.ts';

/** All terms about a connection, by name, in the order of the documentation. */
export const terms: Readonly<Record<string, Term>> = { ...outcomeTerms, ...offerTerms };
