import { test } from 'node:test';
import { checkEndings, encounterKinds, settingsFor } from './ending-schedules.ts';
import { checkSocketEndings } from './socket-endings.ts';

for (const kind of encounterKinds) {
  test(`over ${kind.name}, what was said before an end arrives, whatever comes between`, async () => {
    checkEndings(kind, await settingsFor(kind), { count: 50 });
  });
}

for (const kind of encounterKinds) {
  test(`a socket of ${kind.name} sends what was written before its end, whatever comes between`, async () => {
    await checkSocketEndings(kind, await settingsFor(kind), { seed: 3, count: 40 });
  });
}
