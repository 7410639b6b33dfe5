import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Fact, FactOf } from './fact.ts';
import { factPage } from './fact-page.ts';
import { factSchema } from './fact-schema.ts';

const isFact = new Ajv2020({ strict: true }).compile(factSchema());

test('docs/facts.schema.json and docs/facts.md say what the descriptions say (npm run docs writes them anew)', () => {
  const file = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
  assert.deepEqual(JSON.parse(file('facts.schema.json')), factSchema());
  assert.equal(file('facts.md'), factPage());
});

// The compiler holds these against the types, the validator against the schema.
const closed: FactOf<'closed'> = {
  fact: 'closed',
  at: 1.5,
  connection: 1,
  how: 'fin',
  by: 'peer',
  bytesIn: 1,
  bytesOut: 2,
  milliseconds: 3,
};
const fetched: Fact = { fact: 'fetch', at: 0, connection: 2, what: 'crl', url: 'http://x/', result: 'found' };

test('a value of the type fits the schema', () => {
  for (const fact of [closed, fetched, { ...fetched, url: { hex: '00' } }])
    assert.ok(isFact(fact), JSON.stringify(isFact.errors));
});

test('a member that is missing, unknown or of another type does not fit', () => {
  const { how: _, ...without } = closed;
  for (const value of [without, { ...closed, more: 1 }, { ...closed, how: 'gone' }, { ...closed, connection: '1' }]) {
    assert.ok(!isFact(value));
  }
});
