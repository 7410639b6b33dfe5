// biome-ignore-all lint/suspicious/noConsole: an example of use
// The types as users of the package see them. Only compiled, never run.
import { createServer as createHttpServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { TlsOptions } from 'node:tls';
import {
  attach,
  createSecureContext,
  createServer,
  type DatagramServer,
  type DtlsSocket,
  type Observer,
  type ReceivedHello,
  type Server,
  type ServerOptions,
  TlsError,
  type TlsErrorCode,
  type TlsSocket,
  testServer,
} from 'serverhello';

const observer: Observer = {
  message(way, contentType, version, bytes) {
    const sum: number = contentType + version + bytes.length;
    console.log(way, sum);
  },
};

const options: ServerOptions = {
  key: ['pem', Buffer.alloc(1), { pem: 'pem', passphrase: 'secret' }],
  cert: 'pem',
  minVersion: 'SSLv3',
  ciphers: undefined,
  ALPNProtocols: ['h2'],
  observer,
  requestCert: true,
  rejectUnauthorized: false,
  ca: ['pem', Buffer.alloc(1)],
  crl: 'pem',
  dhparam: 'pem',
  earlyData: true,
  stateless: true,
  pskIdentityHint: 'who are you',
  pskCallback: async (asking: TlsSocket, identity) => (asking.encrypted ? Buffer.from(identity) : null),
  SNICallback(servername, callback) {
    callback(null, servername === '' ? null : createSecureContext({ key: 'pem', cert: 'pem' }));
  },
};

const server: Server = createServer(options, (socket) => {
  const name: string | false = socket.servername;
  const protocol: string | null = socket.getProtocol();
  const material: Buffer = socket.exportKeyingMaterial(32, 'EXPORTER-test');
  const hello: ReceivedHello | undefined = socket.clientHello;
  const reason: string | null = socket.authorized ? null : socket.authorizationError;
  const issuer: string = socket.getPeerCertificate(true).issuerCertificate.fingerprint256;
  const finished: Buffer | undefined = socket.getFinished();
  console.log(reason, issuer, finished, socket.getSharedSigalgs().join(':'));
  console.log(
    name,
    protocol,
    material.length,
    hello?.cipherSuites.map(({ code, name }) => name ?? code),
  );
  socket.setTimeout(1000, () => socket.destroySoon());
  socket.on('data', (chunk: Buffer) => socket.write(chunk));
});
server.on('tlsClientError', (error, socket: TlsSocket) => {
  if (error instanceof TlsError) {
    const code: TlsErrorCode = error.code;
    console.log(code, error.alert, error.problem, socket.remoteAddress);
  }
});
server.on('earlyData', (chunk: Buffer, from: TlsSocket) => from.write(chunk));
server.on('keylog', (line) => console.log(line.toString('latin1')));
server.on('newSession', (id, session, done) => {
  console.log(id.length + session.length);
  done();
});
server.on('resumeSession', (_id, found) => found(null, null));
server.on('error', (error) => console.log(error.message));
const ofNode: TlsOptions = {
  key: 'pem',
  cert: 'pem',
  pskCallback: (asking, identity) => Buffer.from(identity + asking.encrypted),
};
const fromNode: Server = createServer(ofNode);
console.log(fromNode.listening);

const datagramServer: DatagramServer = createServer(
  { datagrams: true, key: 'pem', cert: 'pem', maxPeers: 10 },
  (socket) => {
    const most: number = socket.maxMessageLength;
    socket.on('data', (message: Buffer) => socket.write(message.subarray(0, most)));
  },
);
datagramServer.on('secureConnection', (socket: DtlsSocket) => console.log(socket.srtpProfile));
datagramServer.on('tlsClientError', (error, socket) => console.log(error.message, socket.peer));
datagramServer.listen(0, () => console.log(datagramServer.address()?.port));
// @ts-expect-error a server for datagrams has no use for it
createServer({ datagrams: true, noDelay: true });

server.listen({ port: 0, host: 'localhost' }, () => console.log(server.address()));

attach(createHttpServer(), server);
attach(createSecureServer({ allowHTTP1: true }), server).close();
attach(
  createHttpServer((_request, response) => response.end()),
  createServer({ ALPNCallback: async ({ protocols }) => protocols[0] }),
);

{
  await using testing = await testServer({ names: ['localhost'] });
  const { clientHello, error, socket } = await testing.next();
  console.log(testing.port, testing.certificate, clientHello?.serverName, error?.message, socket.bytesRead);
}

// @ts-expect-error an option of this name does not exist
createServer({ cerd: 'pem' });
// @ts-expect-error versions are words
createServer({ minVersion: 0x303 });
