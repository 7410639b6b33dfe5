// Our sockets with node:http, or without it by the argument `bare`. Configured by command line options.
import http from 'node:http';
import process from 'node:process';
import { prepare } from '../../dist/src/cli/prepare.js';
import { TlsEngine } from '../../dist/src/connection/tls-engine.js';
import { AcceptLoop } from '../../dist/src/server/listening/accept-loop.js';
import { listen } from '../../dist/src/server/listening/listener.js';
import { TlsSocket } from '../../dist/src/server/sockets/tls-socket.js';
import { answer, report } from './site.mjs';

const [certFile, keyFile, kind] = process.argv.slice(2);
const words = ['-accept', '127.0.0.1:0', '-cert', certFile, '-key', keyFile, '-quiet'];
const prepared = await prepare(words, {
  readByPerson: false,
  out: () => {},
  err: (text) => process.stderr.write(text),
});
if (typeof prepared === 'number') process.exit(prepared);

const site = http.createServer(answer);
const listener = await listen(prepared.address);
new AcceptLoop({
  listener,
  createSocket: (transport, options) => new TlsSocket(transport, options),
  createEngine: (engine) => new TlsEngine({ settings: prepared.settings, ...engine }),
  onConnection: (socket) => {
    if (kind === 'bare') socket.resume();
    else socket.once('secure', () => site.emit('connection', socket));
  },
});
report(listener.port);
