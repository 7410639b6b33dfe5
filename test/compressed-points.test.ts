import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPoint } from '../src/handshake/key-exchange/ecdhe.ts';
import { baseSettings } from '../src/handshake/policy/base-settings.ts';
import { groupNamed } from '../src/names/groups.ts';
import { bareFlow } from './bare-flow.ts';

const flow = bareFlow({ ...baseSettings({ cacheSize: 1 }), strict: true });

function refuses(name: string, ...body: readonly number[]): boolean {
  const group = groupNamed(name);
  assert.ok(group);
  try {
    checkPoint(flow, { group, body: Uint8Array.from(body), at: 0 });
    return false;
  } catch {
    return true;
  }
}

test('strict settings refuse compressed points, and keys of X25519 whatever they begin with are none', () => {
  assert.deepEqual(
    [2, 3, 4].map((form) => refuses('P-256', 33, form, 1)),
    [true, true, false],
  );
  assert.deepEqual(
    [2, 3, 4].map((first) => refuses('x25519', 32, first, 1)),
    [false, false, false],
  );
});
