// What both servers serve, so that only the TLS under it differs; and how the bench talks to a server process.
import process from 'node:process';

const chunk = Buffer.alloc(65536);

/** `/` is answered with a word, `/zeros/N` with N bytes. */
export function answer(request, response) {
  const [, size] = /^\/zeros\/(\d+)$/.exec(request.url) ?? [];
  if (size === undefined) {
    response.end('hello\n');
    return;
  }
  let left = Number(size);
  response.writeHead(200, { 'Content-Length': left });
  const more = () => {
    while (left > 0) {
      const piece = left < chunk.length ? chunk.subarray(0, left) : chunk;
      left -= piece.length;
      if (!response.write(piece)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
}

/** Tells the bench the port, and then what this process has used so far whenever it is asked. */
export function report(port) {
  process.on('message', (what) => process.send(facts[what]()));
  process.on('disconnect', () => process.exit());
  process.send({ port });
}

const facts = {
  /** Milliseconds. */
  cpu() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  /** Bytes, after collecting twice: the first run makes garbage of what only finalizers held. */
  memory() {
    globalThis.gc();
    globalThis.gc();
    return process.memoryUsage.rss();
  },
};
