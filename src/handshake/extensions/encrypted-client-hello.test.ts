import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { test } from 'node:test';
import { decode, encode } from '../../bytes/wire.ts';
import { EchConfigContents, EchConfigList } from '../../messages/ech-config.ts';
import { EchKeyPair } from '../../x509/files/ech-keys.test.fixture.ts';
import type { EchKey } from '../../x509/files/ech-keys.ts';
import { retryConfigs } from './encrypted-client-hello.ts';

const pair = new EchKeyPair();
const contents = decode(EchConfigContents, pair.config.contents);
const key: EchKey = { config: pair.config, contents, privateKey: createPrivateKey(pair.pem), forRetry: true };
const rejected = { ech: { outcome: 'rejected' } } as const;

function flowWith(keys: readonly EchKey[], greasesRetries = false): Parameters<typeof retryConfigs>[0] {
  const ech = { keys, trialDecryption: false, greasesRetries };
  return { settings: { ech }, surroundings: { random: (length) => Buffer.alloc(length, 0x35) } };
}

test('only a client whose hello could not be opened is told configurations, and only those that are for it', () => {
  const flow = flowWith([key, { ...key, forRetry: false }]);
  assert.deepEqual(retryConfigs(flow, rejected), [pair.config]);
  for (const outcome of ['accepted', 'notOffered', 'backend'] as const) {
    assert.deepEqual(retryConfigs(flow, { ech: { outcome } }), []);
  }
  assert.deepEqual(retryConfigs(flowWith([{ ...key, forRetry: false }], true), rejected), []);
});

test('a configuration of no use comes last, under a version that will never be', () => {
  const [own, useless] = retryConfigs(flowWith([key], true), rejected);
  assert.deepEqual([own, useless?.version], [pair.config, 0x3a3a]);
});

test('of more configurations than a message has room for the first ones are told', () => {
  const configs = retryConfigs(flowWith(Array.from({ length: 2000 }, () => key)), rejected);
  assert.ok(configs.length > 300);
  assert.ok(encode(EchConfigList, configs).length < 40_000);
});
