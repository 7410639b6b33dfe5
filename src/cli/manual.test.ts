import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { manual } from './manual.ts';
import { notAvailablePage, refuseWhatIsNotAvailable } from './not-available-yet.ts';
import { parse } from './parse.ts';
import { RecordedOutput } from './recorded-output.ts';
import { Stop } from './stop.ts';

for (const [name, page] of [
  ['manual.md', manual],
  ['not-available-yet.md', notAvailablePage],
] as const) {
  test(`docs/${name} says what the rows say (UPDATE=1 writes it anew)`, () => {
    const file = new URL(`../../../docs/${name}`, import.meta.url);
    if (process.env.UPDATE === '1') writeFileSync(file, page());
    assert.equal(readFileSync(file, 'utf8'), page());
  });
}

test('the first option of a later part is refused by its name', () => {
  const given = (line: string) => parse(line.split(' '), new RecordedOutput()).given.map(({ name }) => name);
  assert.throws(
    () => refuseWhatIsNotAvailable(given('-www -sctp -dtls')),
    new Stop('s_server: -sctp is not available yet\n'),
  );
  assert.doesNotThrow(() => refuseWhatIsNotAvailable(given('-www -close_notify -cipher x')));
});
