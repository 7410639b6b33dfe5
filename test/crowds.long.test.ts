import { test } from 'node:test';
import { crowdOnHttp, crowdOnHttp2, crowdOnWebSockets } from './crowds.ts';

const crowd = { node: 750, curl: 50, silent: 200 };

test('http.createServer serves 800 connections of Node and curl while 200 are silent', (t) => crowdOnHttp(t, crowd));

test('an http2 secure server serves 800 connections of Node and curl while 200 are silent', (t) =>
  crowdOnHttp2(t, crowd));

test('a WebSocket server serves 750 connections while 200 are silent', () => crowdOnWebSockets(crowd));
