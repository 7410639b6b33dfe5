import { valueDefinitions } from './decoding/value.ts';
import type { Schema } from './description.ts';
import { factDescriptions } from './fact.ts';

/** factSchema makes docs/facts.schema.json: the JSON Schema 2020-12 of a fact. */
export function factSchema(): Schema {
  const kinds = Object.entries({ ...valueDefinitions, ...factDescriptions });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Fact',
    description:
      'One line of -json, one event `fact` of the library: something that happened. Facts of later releases may have more members.',
    oneOf: Object.keys(factDescriptions).map((kind) => ({ $ref: `#/$defs/${kind}` })),
    $defs: Object.fromEntries(kinds.map(([name, { schema }]) => [name, schema])),
  };
}
