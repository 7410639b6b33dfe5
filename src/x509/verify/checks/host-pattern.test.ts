import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHostOf } from './host-pattern.ts';

test('a name is that of a host without regard to case', () => {
  assert.equal(isHostOf('www.Example.org', 'WWW.example.ORG'), true);
  assert.equal(isHostOf('example.org', 'www.example.org'), false);
});

test('a wildcard stands for one whole label', () => {
  assert.equal(isHostOf('*.example.org', 'www.example.org'), true);
  assert.equal(isHostOf('*.example.org', 'a.b.example.org'), false);
  assert.equal(isHostOf('*.example.org', '.example.org'), true);
  assert.equal(isHostOf('*.example.org', 'example.org'), false);
  assert.equal(isHostOf('*.org', 'example.org'), false);
  assert.equal(isHostOf('www.*.org', 'www.example.org'), false);
});

test('a wildcard may be part of the first label, at one of its ends', () => {
  assert.equal(isHostOf('w*.example.org', 'www.example.org'), true);
  assert.equal(isHostOf('*w.example.org', 'www.example.org'), true);
  assert.equal(isHostOf('w*w.example.org', 'www.example.org'), false);
  assert.equal(isHostOf('x*.example.org', 'xn--a.example.org'), false);
  assert.equal(isHostOf('xn--*.example.org', 'xn--a.example.org'), false);
});

test('a host with a leading dot stands for all below it', () => {
  assert.equal(isHostOf('a.b.example.org', '.example.org'), true);
  assert.equal(isHostOf('example.org', '.example.org'), false);
});

test('a zero byte ends no name', () => {
  assert.equal(isHostOf('example.org\0.evil', 'example.org'), false);
});
