import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { RecordedOutput } from '../output/recorded-output.test.fixture.ts';
import { Stop } from '../output/stop.ts';
import { checkRandomFiles, writeRandomFile } from './random-files.ts';

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

test('-writerand leaves 1024 random bytes that only the owner may read, and keeps the exit code', () => {
  const folder = mkdtempSync(join(tmpdir(), 's_server-random-'));
  const output = new RecordedOutput();
  const [fresh, old] = [join(folder, 'fresh'), join(folder, 'old')];
  writeFileSync(old, Buffer.alloc(2000), { mode: 0o644 });
  assert.equal(writeRandomFile(fresh, 0, output), 0);
  assert.equal(writeRandomFile(old, 1, output), 1);
  assert.deepEqual(
    [fresh, old].map((file) => [statSync(file).size, statSync(file).mode & 0o777]),
    [
      [1024, 0o600],
      [2000, 0o600],
    ],
  );
  assert.notDeepEqual(readFileSync(fresh), Buffer.alloc(1024));
  assert.equal(output.all, '');
  rmSync(folder, { recursive: true });
});

test('a file that -writerand cannot write is told and makes the exit code 1', () => {
  const output = new RecordedOutput();
  assert.equal(writeRandomFile('/nonexistent/file', 0, output), 1);
  assert.match(
    output.stderr,
    /^Cannot write random bytes:\n\w+:error:12000079:.*:RAND_write_file:Cannot open file:.*:Filename=\/nonexistent\/file\n$/,
  );
  const folder = new RecordedOutput();
  assert.equal(writeRandomFile(tmpdir(), 0, folder), 1);
  assert.match(folder.stderr, /:error:1200007A:.*:Not a regular file:/);
  assert.equal(writeRandomFile(undefined, 0, output), 0);
});
