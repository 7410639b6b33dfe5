import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOf, keysText, switchOf } from './typed-commands.ts';

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
  assert.equal(switchOf(Buffer.from('\x0e\n')), 'next');
  assert.equal(switchOf(Buffer.from('\x0ex\n')), undefined);
  assert.ok(!switchOf(Buffer.from('N\n')));
});

test('Ctrl-N stands before what is about another connection than the current one', () => {
  assert.equal(switchOf(Buffer.from('\x0e?\n')), 'keys');
  assert.equal(switchOf(Buffer.from('\x0e l\r\n')), 'connections');
  assert.deepEqual(switchOf(Buffer.from('\x0e3 k\n')), { connection: 3, key: 'k' });
  for (const text of ['l\n', '3 k\n', '\x0e3k\n', '\x0e3 kk\n', '\x0e?', `\x0e${' '.repeat(100)}\n`]) {
    assert.equal(switchOf(Buffer.from(text)), undefined, JSON.stringify(text));
  }
});

test('the list of keys has every letter that is a command', () => {
  for (let code = 0x21; code < 0x7f; code++) {
    const letter = String.fromCharCode(code);
    if (commandOf(Buffer.from(`${letter}\n`)) !== undefined) assert.match(keysText, new RegExp(`  ${letter}  \\w`));
  }
});
