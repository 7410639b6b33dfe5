import { test } from 'node:test';
import { checkEndings, encounterKinds, settingsFor } from './ending-schedules.ts';

for (const kind of encounterKinds) {
  test(`over ${kind.name}, what was said before an end arrives, whatever comes between`, async () => {
    checkEndings(kind, await settingsFor(kind), { count: 50 });
  });
}
