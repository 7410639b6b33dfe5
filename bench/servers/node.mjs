// The other side of the comparison: node:https, or with the argument `bare` node:tls without HTTP.
import { readFileSync } from 'node:fs';
import https from 'node:https';
import process from 'node:process';
import tls from 'node:tls';
import { answer, report } from './site.mjs';

const [certFile, keyFile, kind] = process.argv.slice(2);
const options = { cert: readFileSync(certFile), key: readFileSync(keyFile), dhparam: 'auto' };
const server =
  kind === 'bare'
    ? tls.createServer(options, (socket) => socket.on('error', () => {}).resume())
    : https.createServer(options, answer);
server.on('tlsClientError', () => {});
server.listen(0, '127.0.0.1', () => report(server.address().port));
