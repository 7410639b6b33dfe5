import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOf, isSwitch } from './typed-commands.ts';

const command = (text: string) => commandOf(Buffer.from(text));

test('q, Q, P and S need only the first letter of a read', () => {
  assert.equal(command('quit please\n'), 'quit');
  assert.equal(command('Quality'), 'quitServer');
  assert.equal(command('P'), 'plainText');
  assert.equal(command('Sxx\nq\n'), 'statistics');
});

test('r, R, k, K and c need the end of the line directly after them', () => {
  assert.equal(command('r\n'), 'renegotiate');
  assert.equal(command('R\r\n'), 'renegotiateWithCertificate');
  assert.equal(command('k\n and more'), 'updateKey');
  assert.equal(command('K\n'), 'updateBothKeys');
  assert.equal(command('c\r'), 'requestCertificate');
  assert.equal(command('c'), undefined);
  assert.equal(command('repeat\n'), undefined);
});

test('everything else is text, a command inside a read too', () => {
  for (const text of ['', 'B\n', '?\n', 'hello\nQ\n', ' q\n', 'constructor\n']) assert.equal(command(text), undefined);
});

test('Ctrl-N alone on a line turns to the next connection', () => {
  assert.ok(isSwitch(Buffer.from('\x0e\n')));
  assert.ok(!isSwitch(Buffer.from('\x0ex\n')));
  assert.ok(!isSwitch(Buffer.from('N\n')));
});
