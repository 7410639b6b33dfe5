import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportKeys12, extendedMasterSecret, keyBlock, masterSecret, verifyData } from './schedule12.ts';

const client = Buffer.alloc(32, 1);
const server = Buffer.alloc(32, 2);
const premaster = Buffer.alloc(48, 3);

test('the key block is cut in the order of RFC 5246 section 6.3, without gaps', () => {
  const master = masterSecret('sha256', premaster, client, server);
  const block = keyBlock('sha256', master, client, server, { mac: 20, key: 16, iv: 16 });
  const lengths = [block.clientMac, block.serverMac, block.clientKey, block.serverKey, block.clientIv, block.serverIv];
  assert.deepEqual(
    lengths.map((part) => part.length),
    [20, 20, 16, 16, 16, 16],
  );
  const wide = keyBlock('sha256', master, client, server, { mac: 0, key: 104, iv: 0 });
  assert.deepEqual(Buffer.concat(lengths), Buffer.concat([wide.clientKey, wide.serverKey]).subarray(0, 104));
});

test('master secrets have 48 bytes, and the extended one is another', () => {
  const plain = masterSecret('sha384', premaster, client, server);
  const extended = extendedMasterSecret('sha384', premaster, Buffer.alloc(48, 9));
  assert.equal(plain.length, 48);
  assert.equal(extended.length, 48);
  assert.notDeepEqual(plain, extended);
});

test('the two sides send different Finished messages of 12 bytes', () => {
  const hash = Buffer.alloc(36, 4);
  const ours = verifyData('md5-sha1', premaster, 'server', hash);
  assert.equal(ours.length, 12);
  assert.notDeepEqual(ours, verifyData('md5-sha1', premaster, 'client', hash));
});

const source = { kind: 'sha256', master: premaster, clientRandom: client, serverRandom: server } as const;

test('an empty context exports other bytes than none, and reserved labels nothing', () => {
  const without = exportKeys12(source, 'EXPORTER-x', undefined, 32);
  const empty = exportKeys12(source, 'EXPORTER-x', new Uint8Array(0), 32);
  assert.equal(without?.length, 32);
  assert.notDeepEqual(without, empty);
  for (const label of [
    'client finished',
    'server finished',
    'master secret',
    'extended master secret',
    'key expansion',
  ]) {
    assert.equal(exportKeys12(source, label, undefined, 32), undefined);
  }
});
