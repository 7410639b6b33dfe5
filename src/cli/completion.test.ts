import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bashCompletion } from './completion.ts';
import { rows } from './options/index.ts';

test('every option is offered', () => {
  for (const { name } of rows) assert.match(bashCompletion(), new RegExp(`[ ']-${name}[ ']`), name);
});

test('arguments are completed by their kind', () => {
  const script = bashCompletion();
  assert.match(script, /\|cert\|.*\) COMPREPLY=\(\$\(compgen -f /);
  assert.match(script, /\(?CApath\|.*\) COMPREPLY=\(\$\(compgen -d /);
  assert.match(script, /min_protocol\|max_protocol\) COMPREPLY=\(\$\(compgen -W 'None SSLv3 /);
});
