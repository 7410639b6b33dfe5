import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as crypto from 'node:crypto';
import { once } from 'node:events';
import { cpSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { integer, objectIdentifier, octetString, sequence } from '../src/bytes/der.ts';
import { certificateFiles, folder } from './certificates.ts';
import { run } from './clients.ts';
import { extension, hello13, helloBody, usual } from './hand-made-hello.ts';

const skip = 'encapsulate' in crypto && 'this Node has ML-KEM and ML-DSA of its own';
const reason = /this Node has no ML-KEM and ML-DSA, and the package @noble\/post-quantum is not installed/;

/** A folder that has the program and the library, and nothing of what they can do without. */
function bare(t: TestContext): string {
  const path = folder(t);
  for (const name of ['bin', 'lib']) cpSync(join('dist', name), join(path, name), { recursive: true });
  writeFileSync(join(path, 'package.json'), '{ "type": "module", "version": "0.1.0" }');
  return path;
}

/** PKCS #8 of an ML-DSA-65 key, from its seed (RFC 9881 section 6). */
const mlDsaPkcs8 = sequence(
  integer(0),
  sequence(objectIdentifier('2.16.840.1.101.3.4.3.18')),
  octetString(Buffer.concat([Buffer.of(0x80, 32), Buffer.alloc(32, 7)])),
);

test('without the package clients that offer a hybrid get a group that there is', { skip }, async (t) => {
  const words = ['-accept', '127.0.0.1:0', ...certificateFiles(t, 'P-256').words];
  for (const list of [[], ['-groups', 'DEFAULT'], ['-groups', '?X25519MLKEM768:X25519']]) {
    const child = spawn(process.execPath, [join(bare(t), 'bin/s_server.js'), ...words, ...list]);
    const closed = once(child, 'close');
    t.after(async () => {
      child.kill();
      await closed;
    });
    let out = '';
    while (!/^ACCEPT/m.test(out)) out += ((await once(child.stdout, 'data')) as [Buffer])[0].toString('latin1');
    const offer = hello13({ extensions: [extension(10, '0004 11ec 001d'), usual.share] }, [usual.groups, usual.share]);
    assert.match(await answerTo(Number(/:(\d+)$/m.exec(out)?.[1]), helloBody(offer)), /^16.*00330024001d0020/);
  }
});

/** The first bytes that come back, in hexadecimal. */
async function answerTo(port: number, hello: Uint8Array): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const { length } = hello;
  socket.write(Buffer.from([22, 3, 1, (length + 4) >> 8, length + 4, 1, 0, length >> 8, length, ...hello]));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString('hex');
}

test('without the package who asks for it is told in one line', { skip }, async (t) => {
  const path = bare(t);
  const { words } = certificateFiles(t, 'P-256');
  const key = join(path, 'ml-dsa.der');
  writeFileSync(key, mlDsaPkcs8);
  for (const wanted of [
    ['-groups', 'X25519MLKEM768'],
    ['-groups', 'X25519:mlkem768'],
    ['-key', key],
  ]) {
    const { err, status } = await run(process.execPath, [join(path, 'bin/s_server.js'), ...words, ...wanted]);
    assert.equal(status, 1);
    assert.equal(err.split('\n').filter((line) => reason.test(line)).length, 1, err);
  }
});

test('without the package the library is imported, and names what is missing', { skip }, async (t) => {
  const script = `
    import { createServer } from '${join(bare(t), 'lib/index.js')}';
    createServer().close();
    const key = Buffer.from('${Buffer.from(mlDsaPkcs8).toString('hex')}', 'hex');
    for (const options of [{ groups: 'X25519MLKEM768' }, { key, cert: key }])
      try {
        createServer(options);
      } catch (error) {
        console.log(error.code + ' ' + error.message);
      }`;
  const { out } = await run(process.execPath, ['--input-type=module', '--eval', script]);
  const [group = '', ofKey = ''] = out.split('\n');
  assert.match(group, /^ERR_SERVERHELLO_INVALID_OPTION groups: group 'X25519MLKEM768' cannot be set: this Node/);
  assert.match(ofKey, /^ERR_SERVERHELLO_CREDENTIAL key: this Node/);
  assert.match(ofKey, reason);
});
