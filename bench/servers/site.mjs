// The content of both servers, which thus differ only in TLS; and the bench's connection to a server process.
import process from 'node:process';

const chunk = Buffer.alloc(65536);

/** answer responds to `/` with a word, to `/zeros/N` with N bytes. */
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

/** report sends the bench the port, and then this process's use of resources on request. */
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
  /** Bytes after two collections: the first frees objects that only finalizers held. */
  memory() {
    globalThis.gc();
    globalThis.gc();
    return process.memoryUsage.rss();
  },
};
