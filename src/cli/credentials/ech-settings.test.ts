import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { EchKeyPair } from '../../x509/files/ech-keys.test.fixture.ts';
import { parse } from '../command-line/parse.ts';
import { RecordedOutput } from '../output/recorded-output.test.fixture.ts';
import { Stop } from '../output/stop.ts';
import { echKeyFiles, echSettings } from './ech-settings.ts';

test('the file and the directories are loaded in the order of the reference, and told', (t) => {
  const { file, directory } = keyFiles(t);
  const output = new RecordedOutput();
  const settings = echSettings({ ech_noretry_dir: directory, ech_dir: directory, ech_key: file }, output);
  const added = ['a.ech', 'b'].map((name) => `Added ECH key pair from: ${name}\n`).join('');
  const fromDirectory = `${added}Added 2 ECH key pairs from: ${directory}\n`;
  const first = `Added ECH key pair from: ${file}\n`;
  assert.equal(output.stdout, `${first}${fromDirectory}${fromDirectory}Loaded 5 ECH key pairs in total\n`);
  assert.equal(output.stderr, `Failed reading from: ${join(directory, 'c')}\n`.repeat(2));
  const uses = settings?.keys.map(({ forRetry }) => forRetry);
  assert.deepEqual(uses, [true, true, true, false, false]);
  assert.deepEqual([settings?.trialDecryption, settings?.greasesRetries], [false, false]);
});

test('the switches alone ask for nothing', () => {
  const output = new RecordedOutput();
  assert.equal(echSettings({ ech_trialdecrypt: true, ech_greaseretries: true }, output), undefined);
  assert.equal(output.stdout + output.stderr, '');
});

test('a file that is no key pair, and a directory that is none, end the program', (t) => {
  const { directory } = keyFiles(t);
  const missing = join(directory, 'missing');
  const wrong = join(directory, 'c');
  for (const [options, text] of [
    [{ ech_key: missing }, `Failed reading: ${missing}\n`],
    [{ ech_key: wrong }, `Failed reading: ${wrong}\n`],
    [{ ech_key: directory }, `Failed reading: ${directory}\n`],
    [{ ech_dir: missing }, `'${missing}' not a directory - exiting\nerror loading from ${missing}\n`],
    [{ ech_noretry_dir: wrong }, `'${wrong}' not a directory - exiting\nerror loading from ${wrong}\n`],
  ] as const) {
    assert.throws(
      () => echSettings(options, new RecordedOutput()),
      (error) => error instanceof Stop && error.text === text && error.exitCode === 1,
    );
  }
});

test('the files with keys are known by name, so that none of them is served', (t) => {
  const { file, directory } = keyFiles(t);
  const { given } = parse(['-ech_key', file, '-ech_dir', directory], new RecordedOutput());
  assert.deepEqual(echKeyFiles(given), [file, ...['a.ech', 'b', 'c'].map((name) => join(directory, name))]);
});

/** keyFiles makes a key file, and a directory with two more, a file without a key, and a folder. */
function keyFiles(t: TestContext): { file: string; directory: string } {
  const folder = mkdtempSync(join(tmpdir(), 'serverhello-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [file, directory] = [join(folder, 'key.ech'), join(folder, 'keys')];
  mkdirSync(join(directory, 'd'), { recursive: true });
  writeFileSync(file, new EchKeyPair().pem);
  for (const name of ['b', 'a.ech']) writeFileSync(join(directory, name), new EchKeyPair().pem);
  writeFileSync(join(directory, 'c'), 'no key');
  return { file, directory };
}
