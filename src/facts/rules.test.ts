import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Version } from '../names/versions.ts';
import { ruleOf } from './rules.ts';

test('a rule is that of the version that was agreed on', () => {
  assert.equal(ruleOf('digestCheckFailed', Version['TLSv1.3']), 'RFC 9846 section 4.5.3');
  assert.equal(ruleOf('digestCheckFailed', undefined), 'RFC 9846 section 4.5.3');
  for (const version of [Version['TLSv1.2'], Version.TLSv1, Version['DTLSv1.2']])
    assert.equal(ruleOf('digestCheckFailed', version), 'RFC 5246 section 7.4.9');
});

test('a rule of one RFC alone holds in every version, and problems of our settings have none', () => {
  assert.equal(ruleOf('inappropriateFallback', Version['TLSv1.2']), 'RFC 7507 section 3');
  assert.equal(ruleOf('invalidConfig', Version['TLSv1.3']), undefined);
});
