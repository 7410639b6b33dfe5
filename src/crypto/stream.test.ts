import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';

/** RFC 6229 section 2, the key 0102030405060708090a0b0c0d0e0f10 */
const keystream = '9ac7cc9a609d1ef7b2932899cde41b975248c4959014126a6e8a84f11d1a9e1c';

test('RC4 runs on from record to record, where the legacy provider is there', (t) => {
  const script = `
    const { cipherOf } = await import(${JSON.stringify(sibling('ciphers'))});
    const { StreamCipher } = await import(${JSON.stringify(sibling('stream'))});
    const cipher = cipherOf('RC4(128)');
    if (cipher !== undefined) {
      const stream = new StreamCipher(cipher, Uint8Array.from({ length: 16 }, (_, i) => i + 1));
      const parts = [5, 0, 11, 16].map((size) => Buffer.from(stream.apply(new Uint8Array(size))));
      console.log(Buffer.concat(parts).toString('hex'));
    }`;
  const child = spawnSync(process.execPath, ['--openssl-legacy-provider', '--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  if (child.status !== 0 || child.stdout === '') t.skip('this OpenSSL has no RC4');
  else assert.equal(child.stdout.trim(), keystream);
});

/** The module beside this one, compiled or not. */
function sibling(name: string): string {
  return import.meta.url.replace(/stream\.test\.([jt]s)$/, `${name}.$1`);
}
