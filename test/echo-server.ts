import { randomBytes } from 'node:crypto';
import type { AddressInfo, Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { toPem } from '../src/bytes/pem.ts';
import { selfSigned } from '../src/x509/issue/self-signed.ts';

// A separate process for tests that measure it: it sends its port, and its memory on request.
const { key, certificate } = selfSigned({ names: ['localhost'], now: Date.now(), random: randomBytes });
const options = {
  key: key.export({ type: 'pkcs8', format: 'pem' }),
  cert: toPem('CERTIFICATE', certificate),
  minVersion: 'TLSv1.3',
} as const;
const server: Server =
  process.argv[2] === 'node:tls'
    ? (await import('node:tls')).createServer(options)
    : (await import('../src/index.ts')).createServer(options);
server.on('secureConnection', (socket: Duplex) => {
  socket.on('data', (bytes: Buffer) => socket.write(bytes));
  socket.on('error', () => {});
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.on('message', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  process.send?.(process.memoryUsage().rss);
});
