// The shim as a server for launchers: each of their connections is one test.
import { createServer, type Socket } from 'node:net';
import { runShim } from './run-shim.ts';
import { LaunchReader } from './wire/launch-reader.ts';

const [port = '0'] = process.argv.slice(2);
const server = createServer(serve);
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : address}\n`);
});

function serve(socket: Socket): void {
  const gone = new AbortController();
  const reader = new LaunchReader();
  socket.on('error', () => socket.destroy());
  socket.on('close', () => gone.abort());
  socket.on('data', (chunk) => {
    const words = reader.push(chunk);
    if (words !== undefined) void answer(socket, words, gone.signal);
  });
}

/** Exit code on a line, stdout up to NUL, stderr up to the end. */
async function answer(socket: Socket, words: readonly string[], gone: AbortSignal): Promise<void> {
  const { code, stdout, stderr } = await runShim(words, gone);
  socket.end(`${code}\n${stdout}\0${stderr}`, 'utf8');
}
