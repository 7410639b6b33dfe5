import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateFiles } from './certificates.ts';
import { clients } from './clients.ts';
import { Program } from './program.ts';

const servers = [
  { how: 'over TLS 1.3 by ticket', version: 'TLSv1.3', words: [] },
  { how: 'over TLS 1.3 by a ticket that is only a name', version: 'TLSv1.3', words: ['-no_ticket'] },
  { how: 'over TLS 1.2 by ticket', version: 'TLSv1.2', words: ['-tls1_2'] },
  { how: 'over TLS 1.2 by session id', version: 'TLSv1.2', words: ['-tls1_2', '-no_ticket'] },
] as const;

for (const { how, version, words } of servers) {
  test(`every client gets the page and resumes its session ${how}`, async (t) => {
    const program = await Program.start(t, '-www', ...words, ...certificateFiles(t, 'P-256').words);
    for (const { name, missing, twoPages } of clients) {
      await t.test(name, { skip: (await missing()) ?? false }, async (t) => {
        const [first = '', second = '', ...more] = await twoPages(program.port, t);
        assert.deepEqual(more, []);
        assert.match(first, new RegExp(`^New, ${version}, Cipher is `, 'm'));
        assert.match(second, new RegExp(`^Reused, ${version}, Cipher is `, 'm'));
      });
    }
    assert.equal(program.process.exitCode, null);
  });
}
