import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ja3Hash, ja3Text } from './ja3.ts';

const fields = {
  legacyVersion: 769,
  cipherSuites: [47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4],
  extensions: [0, 10, 11],
  groups: [23, 24, 25],
  pointFormats: [0],
};

// The examples of the README of github.com/salesforce/ja3.
test('JA3 is what its authors publish for a hello', () => {
  const text = ja3Text(fields);
  assert.equal(text, '769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0');
  assert.equal(ja3Hash(text), 'ada70206e40642a3e4461f35503241d5');
});

test('without extensions their fields are empty', () => {
  const cipherSuites = [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99];
  const text = ja3Text({ legacyVersion: 769, cipherSuites, extensions: [], groups: [], pointFormats: [] });
  assert.equal(text, '769,4-5-10-9-100-98-3-6-19-18-99,,,');
  assert.equal(ja3Hash(text), 'de350869b8c85de67a350c8d186f11e6');
});

test('values of RFC 8701 do not count', () => {
  const grease = 0x8a8a;
  const greased = {
    ...fields,
    cipherSuites: [grease, ...fields.cipherSuites],
    extensions: [grease, ...fields.extensions, grease],
    groups: [grease, ...fields.groups],
  };
  assert.equal(ja3Text(greased), ja3Text(fields));
});

test('JA3N does not depend on the order of the extensions', () => {
  const shuffled = { ...fields, extensions: [11, 0, 10] };
  assert.notEqual(ja3Text(shuffled), ja3Text(fields));
  assert.equal(ja3Text(shuffled, 'sorted'), ja3Text(fields));
});
