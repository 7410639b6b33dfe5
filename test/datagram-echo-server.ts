import { createServer } from '../src/index.ts';

// A separate process for tests that measure it: it sends its port, and on request the bytes of its heap and buffers.
const pskCallback = () => Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const server = createServer({ datagrams: true, ciphers: 'PSK', pskCallback, maxPeers: 100_000 }, (socket) => {
  socket.on('data', (message: Buffer) => socket.write(message));
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()?.port));
process.on('message', () => {
  for (let times = 0; times < 3; times++) globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ used: heapUsed + external, resident: rss });
});
