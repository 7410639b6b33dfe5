import { test } from 'node:test';
import { checkEndings, encounterKinds, settingsFor } from './ending-schedules.ts';
import { checkSocketEndings } from './socket-endings.ts';

/** Schedules that are tried in all. */
const count = 10_000;

for (const kind of encounterKinds) {
  test(`over ${kind.name}, what was said before an end arrives in each of very many schedules`, async () => {
    checkEndings(kind, await settingsFor(kind), { seed: 2, count: count / encounterKinds.length });
  });
}

for (const kind of encounterKinds) {
  test(`a socket of ${kind.name} sends what was written before its end in each of many schedules`, async () => {
    await checkSocketEndings(kind, await settingsFor(kind), { seed: 4, count: 1000 });
  });
}
