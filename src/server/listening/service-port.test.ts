import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servicePort } from './service-port.ts';

test('a number keeps its lower sixteen bits', () => {
  assert.deepEqual(['4433', '0', '65536', '70000', '-5', ' 80'].map(servicePort), [4433, 0, 0, 4464, 65531, 80]);
});

test('a service is found by its name', () => {
  assert.equal(servicePort('https'), 443);
  assert.equal(servicePort('no-such-service-here'), undefined);
  assert.equal(servicePort(''), undefined);
});
