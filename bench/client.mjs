// The client, in a process of its own: node:tls against either server, controlled by the bench.
import process from 'node:process';
import tls from 'node:tls';

const newest = { ciphers: 'TLS_AES_128_GCM_SHA256', ecdhCurve: 'X25519', minVersion: 'TLSv1.3' };
let held = [];

process.on('message', async ({ task, ...details }) => {
  try {
    process.send({ result: await tasks[task](details) });
  } catch (error) {
    process.send({ error: error.message });
  }
});
process.on('disconnect', () => process.exit());

const tasks = {
  /** Makes connections with one request each, some at a time. Returns milliseconds of wall time. */
  async connections({ port, count, atOnce, resumed, suite }) {
    const session = resumed ? await sessionOf(port) : undefined;
    const start = performance.now();
    let left = count;
    const worker = async () => {
      while (left-- > 0) await request({ port, session, suite, path: '/' });
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return performance.now() - start;
  },

  /** Downloads one answer of so many bytes. Returns milliseconds of wall time. */
  async download({ port, bytes, suite }) {
    const start = performance.now();
    const received = await request({ port, suite, path: `/zeros/${bytes}` });
    if (received < bytes) throw new Error(`${received} of ${bytes} bytes`);
    return performance.now() - start;
  },

  /** Opens silent connections. */
  async hold({ port, count }) {
    while (held.length < count) {
      const some = Math.min(50, count - held.length);
      held.push(...(await Promise.all(Array.from({ length: some }, () => idle(port)))));
    }
  },

  async release() {
    const closed = held.map((socket) => new Promise((resolve) => socket.once('close', resolve).destroy()));
    held = [];
    await Promise.all(closed);
  },
};

/** connect uses TLS 1.3, or the version and ciphers of `suite`. */
function connect(port, { session, suite } = {}) {
  const { version, ciphers, ecdhCurve } = suite ?? {};
  const other = { ciphers, minVersion: version, maxVersion: version, ...(ecdhCurve && { ecdhCurve }) };
  const offer = suite === undefined ? newest : other;
  return tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...offer, ...(session && { session }) });
}

/** request returns the number of bytes in the answer. */
function request({ port, session, suite, path }) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, { session, suite });
    let received = 0;
    socket.once('secureConnect', () => {
      if (session !== undefined && !socket.isSessionReused()) reject(new Error('the session was not resumed'));
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    });
    socket.on('data', (bytes) => {
      received += bytes.length;
    });
    socket.once('end', () => {
      socket.destroy();
      if (received === 0) reject(new Error('no answer'));
      else resolve(received);
    });
    socket.once('error', reject);
  });
}

/** sessionOf returns a ticket that can be used for any number of connections. */
function sessionOf(port) {
  return new Promise((resolve, reject) => {
    const socket = connect(port);
    socket.once('session', (session) => {
      resolve(session);
      socket.destroy();
    });
    socket.once('error', reject);
    socket.resume();
  });
}

function idle(port) {
  return new Promise((resolve, reject) => {
    const socket = connect(port);
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      socket.removeListener('error', reject).on('error', () => {});
      socket.resume();
      resolve(socket);
    });
  });
}
