import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { rows } from '../options/index.ts';
import { bashCompletion } from './completion.ts';

/** offered returns bash's completions for the last word. */
function offered(...words: readonly string[]): string[] {
  const line = `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _s_server; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return spawnSync('bash', ['-c', `${bashCompletion()}\n${line}`], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n');
}

const skip = spawnSync('bash', ['--version']).status !== 0 && 'there is no bash';

test('commands are offered as the first word, and the options of verify behind it', { skip }, () => {
  assert.deepEqual(offered('serverhello', 've'), ['verify']);
  assert.deepEqual(offered('serverhello', '-quiet', 've'), ['']);
  assert.deepEqual(offered('serverhello', 'verify', '-show'), ['-show_chain']);
  assert.deepEqual(offered('s_server', '-verify_h'), ['-verify_hostname']);
  assert.deepEqual(offered('s_server', '-show'), ['']);
  assert.ok(offered('serverhello', 'verify', '-untrusted', 'package').includes('package.json'));
});

test('every option is offered', () => {
  for (const { name } of rows) assert.match(bashCompletion(), new RegExp(`[ ']-${name}[ ']`), name);
});

test('arguments are completed by their kind', () => {
  const script = bashCompletion();
  assert.match(script, /\|cert\|.*\) COMPREPLY=\(\$\(compgen -f /);
  assert.match(script, /\(?CApath\|.*\) COMPREPLY=\(\$\(compgen -d /);
  assert.match(script, /min_protocol\|max_protocol\) COMPREPLY=\(\$\(compgen -W 'None SSLv3 /);
});
