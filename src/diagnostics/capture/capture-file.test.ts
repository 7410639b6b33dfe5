import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CaptureFile, openPrivately } from './capture-file.ts';
import { CaptureLosses } from './capture-losses.ts';

const header = Buffer.from('HEAD');
const silent = new CaptureLosses('file', () => assert.fail('nothing was lost'));

function folder(test: { after(end: () => void): void }): string {
  const path = mkdtempSync(join(tmpdir(), 'serverhello-'));
  test.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('a capture can be read at any time, and by its owner only', async (t) => {
  const path = join(folder(t), 'capture');
  const file = new CaptureFile(openPrivately(path), { header, losses: silent });
  assert.equal(readFileSync(path, 'latin1'), 'HEAD');
  file.write(Buffer.from('one'), 1);
  assert.equal(readFileSync(path, 'latin1'), 'HEADone');
  assert.equal(statSync(path).mode & 0o777, 0o600);
  await file.close();
});

test('an older capture at the same place is gone', async (t) => {
  const path = join(folder(t), 'capture');
  writeFileSync(path, 'a long older capture');
  const file = new CaptureFile(openPrivately(path), { header, losses: silent });
  file.write(Buffer.from('one'), 1);
  await file.close();
  assert.equal(readFileSync(path, 'latin1'), 'HEADone');
});

test('before a file is too large the next one begins, with a header of its own', async (t) => {
  const path = join(folder(t), 'capture');
  const file = new CaptureFile(openPrivately(path), { header, losses: silent, rotation: { bytes: 10, path } });
  for (const blocks of ['one', 'two', 'three', 'much too large', 'four']) file.write(Buffer.from(blocks), 1);
  await file.close();
  const files = ['', '.1', '.2', '.3'].map((ending) => readFileSync(path + ending, 'latin1'));
  assert.deepEqual(files, ['HEADonetwo', 'HEADthree', 'HEADmuch too large', 'HEADfour']);
  assert.equal(existsSync(`${path}.4`), false);
});

test('where the next file cannot be made the packets are lost, and the capture goes on when it can', async (t) => {
  const path = join(folder(t), 'capture');
  const told: string[] = [];
  const losses = new CaptureLosses('it', (line) => told.push(line));
  const file = new CaptureFile(openPrivately(path), { header, losses, rotation: { bytes: 6, path } });
  mkdirSync(`${path}.1`);
  file.write(Buffer.from('one'), 2);
  file.write(Buffer.from('two'), 3);
  rmSync(`${path}.1`, { recursive: true });
  file.write(Buffer.from('three'), 1);
  await file.close();
  assert.equal(readFileSync(`${path}.1`, 'latin1'), 'HEADthree');
  assert.equal(told.length, 2);
  assert.match(told[0] ?? '', /^s_server: capture it: EISDIR: .*; packets are missing from here on\n$/);
  assert.equal(told[1], 's_server: capture it: 5 packets are missing\n');
});

test(
  'a full disk is told once, with what was lost at the end',
  { skip: !existsSync('/dev/full') && 'no /dev/full' },
  async () => {
    const told: string[] = [];
    const losses = new CaptureLosses('it', (line) => told.push(line));
    const file = new CaptureFile(openSync('/dev/full', 'w'), { header, losses });
    file.write(Buffer.from('one'), 1);
    file.write(Buffer.from('two'), 2);
    await file.close();
    assert.deepEqual(told, [
      's_server: capture it: ENOSPC: no space left on device; packets are missing from here on\n',
      's_server: capture it: 3 packets are missing\n',
    ]);
  },
);
