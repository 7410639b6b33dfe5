import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Statistics } from '../../sessions/statistics.ts';
import { statisticsText } from './statistics-text.ts';

test('twelve lines, the numbers right-aligned in four columns', () => {
  const statistics = new Statistics();
  statistics.accepts = 12345;
  statistics.finished = 3;
  const text = statisticsText(statistics, { items: 2 });
  assert.equal(text.split('\n').length, 13);
  assert.match(text, /^ {3}2 items in the session cache\n {3}0 client connects \(SSL_connect\(\)\)\n/);
  assert.match(text, /\n12345 server accepts \(SSL_accept\(\)\)\n/);
  assert.match(text, /\n {3}3 server accepts that finished\n/);
  assert.match(text, /\n {3}0 cache full overflows \(128 allowed\)\n$/);
});

test('the size of the cache can be another', () => {
  assert.match(statisticsText(new Statistics(), { items: 0, size: 20480 }), /\(20480 allowed\)\n$/);
});
