import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkRandomFiles } from './random-files.ts';
import { Stop } from './stop.ts';

test('every file that cannot be opened is told, then the program ends', () => {
  const present = fileURLToPath(import.meta.url);
  const rand = (value: string) => ({ name: 'rand', value });
  assert.doesNotThrow(() => checkRandomFiles([rand(present), { name: 'accept', value: '0' }]));
  assert.throws(
    () => checkRandomFiles([rand('/nonexistent/a'), rand(`${present}:/nonexistent/b`)]),
    (error) => {
      assert.ok(error instanceof Stop);
      const told = error.text.match(
        /^Can't load .*|error:12000079:random number generator:RAND_load_file:Cannot open file|Filename=.*$/gm,
      );
      const line = 'error:12000079:random number generator:RAND_load_file:Cannot open file';
      const tell = (file: string) => [`Can't load ${file} into RNG`, line, `Filename=${file}`];
      assert.deepEqual(told, [...tell('/nonexistent/a'), ...tell('/nonexistent/b')]);
      return true;
    },
  );
});
