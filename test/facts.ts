import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Fact, FactKind, FactOf } from '../src/facts/fact.ts';

const schema = JSON.parse(readFileSync('docs/facts.schema.json', 'utf8'));
const validate = new Ajv2020({ strict: true }).compile<Fact>(schema);

/** The facts that lines of JSON are, each held against the schema. What follows the last line feed is not looked at. */
export function factsIn(text: string): Fact[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => checked(JSON.parse(line), line));
}

/** @throws {assert.AssertionError} for what does not fit docs/facts.schema.json */
export function checked(value: unknown, line = JSON.stringify(value)): Fact {
  assert.ok(validate(value), `${line}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
  // The order of the members is a promise too, which a JSON Schema cannot say.
  const members = Object.keys(value);
  assert.deepEqual(
    members,
    Object.keys(schema.$defs[value.fact].properties).filter((name) => members.includes(name)),
  );
  return value;
}

export function ofKind<K extends FactKind>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] {
  return facts.filter((it): it is FactOf<K> => it.fact === kind);
}

/** The only one of its kind. */
export function onlyOne<K extends FactKind>(facts: readonly Fact[], kind: K): FactOf<K> {
  const found = ofKind(facts, kind);
  assert.equal(found.length, 1, `${found.length} of ${kind}`);
  return found[0] as FactOf<K>;
}
