import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ConnectionOptions } from 'node:tls';
import { keyAgreement } from '../src/crypto/groups.ts';
import { groupNamed } from '../src/names/groups.ts';
import { nameHash } from '../src/x509/trust/trust-store.ts';
import { authority, certificatePem, issue, keyOf } from '../src/x509/verify/issue.test.fixture.ts';
import { pathCertificate } from '../src/x509/verify/path-certificate.ts';
import { folder } from './certificates.ts';
import { converse, settingsOf } from './conversation.ts';

const question = 'What time is it?\n';
const answer = 'Time to go.\n';

test('the watch over the file system sees what is imported by name, and promises', async (t) => {
  const [names, promises] = [await import('node:fs'), await import('node:fs/promises')];
  const calls = await callsDuring(t, async () => {
    names.statSync('package.json');
    await promises.stat('package.json');
  });
  assert.deepEqual(calls, ['statSync', 'promises.stat']);
});

test('a group that Node itself has not is loaded with the settings', async (t) => {
  await settingsOf('-nocert', '-groups', 'X25519MLKEM768');
  const calls = await callsDuring(t, async () => {
    assert.ok(keyAgreement(groupNamed('X25519MLKEM768')?.code ?? -1));
  });
  assert.deepEqual(calls, []);
});

const chains = [
  { name: '-cert alone', words: () => [] },
  { name: '-cert_chain', words: ({ all }: Files) => ['-cert_chain', all] },
  { name: '-CAfile', words: ({ all }: Files) => ['-CAfile', all] },
  { name: '-CApath', words: ({ path }: Files) => ['-CApath', path] },
  { name: '-CAstore', words: ({ path }: Files) => ['-CAstore', path] },
  { name: '-chainCAfile and -build_chain', words: ({ all }: Files) => ['-chainCAfile', all, '-build_chain'] },
  { name: '-servername', words: ({ all }: Files) => ['-CAfile', all, '-servername', 'localhost'], named: true },
  { name: '-Verify with -CAfile', words: ({ all }: Files) => ['-CAfile', all, '-Verify', '3'], authenticates: true },
] as const;

for (const { name, words, ...more } of chains) {
  test(`no file is touched while clients are served with ${name}`, async (t) => {
    const files = filesFor(t);
    const second = 'named' in more ? ['-cert2', files.leaf, '-key2', files.key] : [];
    const settings = await settingsOf('-cert', files.leaf, '-key', files.key, ...words(files), ...second);
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const client: ConnectionOptions = {
        ...{ minVersion: version, maxVersion: version, servername: 'localhost' },
        ...('authenticates' in more && { cert: fs.readFileSync(files.leaf), key: keyPem() }),
      };
      const talk = (session?: Buffer) =>
        converse({ server: { settings }, client: { ...client, ...(session && { session }) }, question, answer });
      const calls = await callsDuring(t, async () => {
        const full = await talk();
        const resumed = await talk(full.session);
        assert.deepEqual([full.clientRead, resumed.clientRead], [answer, answer]);
        assert.match(resumed.report, /^Reused session-id$/m);
      });
      assert.deepEqual(calls, [], version);
    }
  });
}

type Files = ReturnType<typeof filesFor>;

/** filesFor makes a certificate with its key and its two issuers; also in a folder with hashed names. */
function filesFor(t: TestContext) {
  const path = folder(t);
  const put = (name: string, text: string) => {
    fs.writeFileSync(join(path, name), text);
    return join(path, name);
  };
  const root = issue({ subject: 'root', extensions: [authority()] });
  const middle = issue({ subject: 'middle', issuer: 'root', extensions: [authority()] });
  const leaf = certificatePem(issue({ subject: 'leaf', issuer: 'middle' }));
  for (const it of [root, middle]) put(`${nameHash(pathCertificate(it).subject)}.0`, certificatePem(it));
  return {
    path,
    key: put('key', keyPem()),
    leaf: put('leaf', leaf),
    all: put('all', certificatePem(middle) + certificatePem(root)),
  };
}

function keyPem(): string {
  return keyOf('leaf').export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** callsDuring returns the names of the called functions of `node:fs`. */
async function callsDuring(t: TestContext, what: () => Promise<void>): Promise<string[]> {
  const calls: string[] = [];
  const restore = [watch(fs, '', calls), watch(fs.promises, 'promises.', calls)];
  syncBuiltinESMExports();
  const end = () => {
    for (const step of restore.splice(0)) step();
    syncBuiltinESMExports();
  };
  t.after(end);
  try {
    await what();
  } finally {
    end();
  }
  return calls;
}

function watch(module: object, prefix: string, calls: string[]): () => void {
  const original = Object.entries(module).filter(([, member]) => typeof member === 'function');
  for (const [name, member] of original) {
    const watched = function (this: unknown, ...args: unknown[]): unknown {
      calls.push(`${prefix}${name}`);
      return Reflect.apply(member, this, args);
    };
    Reflect.set(module, name, Object.assign(watched, member));
  }
  return () => {
    for (const [name, member] of original) Reflect.set(module, name, member);
  };
}
