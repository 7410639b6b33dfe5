import { mediaType } from './media-type.ts';
import { type OpenFile, openServed, type ServedDirectory } from './served-file.ts';
import { servedPath } from './served-path.ts';
import { type StatusServerOptions, statusAnswer } from './status-server.ts';
import { responseHeader, type WebRequest, webRequest } from './web-request.ts';
import { runWebServer, type WebAnswer } from './web-server.ts';

export interface FileServerOptions extends StatusServerOptions, ServedDirectory {
  /** `HTTP`: each file is a whole response with its own header, and there is no status page. */
  readonly mode: 'WWW' | 'HTTP';
  /** `-sendfile`: prints that the file is sent by other means, as there is no kernel TLS. */
  readonly wantsSendfile?: boolean;
}

/**
 * runFileServer answers a GET with a file (`-WWW`, `-HTTP`). Resolves when the server has ended and the statistics are
 * printed.
 */
export async function runFileServer(options: FileServerOptions): Promise<void> {
  await runWebServer(options, ({ line, socket, outputs }) => {
    const request = webRequest(line);
    const info = socket.sessionInfo;
    if (request === undefined || !request.target.startsWith('/')) return undefined;
    const asksForStatus = options.mode === 'WWW' && request.target.startsWith('/stats ');
    return asksForStatus && info ? statusAnswer(request, info, options) : fileAnswer(request, { ...options, outputs });
  });
}

async function* fileAnswer(request: WebRequest, options: FileServerOptions): AsyncGenerator<Uint8Array> {
  const { name, refusal } = servedPath(request.target.substring(1));
  const served = name === undefined ? { refusal } : await openServed(name, options);
  if (name === undefined || served.refusal !== undefined) {
    const body = request.method === 'GET' ? served.refusal : '';
    yield Buffer.from(`${responseHeader('text/plain')}${body}`, 'latin1');
    return;
  }
  try {
    if (!options.quiet) options.outputs.err(`FILE:${Buffer.from(name, 'latin1')}\n`);
    if (options.wantsSendfile) options.outputs.err('Warning: sendfile requested but KTLS is not available\n');
    yield* fileResponse(name, served, request, options);
  } finally {
    await served.file.close();
  }
}

function fileResponse(name: string, served: OpenFile, { method }: WebRequest, { mode }: FileServerOptions): WebAnswer {
  if (mode === 'HTTP') return method === 'GET' ? pieces(served) : throughEmptyLine(pieces(served));
  const header = responseHeader(mediaType(name));
  return method === 'GET' ? pieces(served, header) : [Buffer.from(header)];
}

/**
 * pieces sends a growing file, such as our own output, with its size at opening. All pieces share one buffer; each is
 * as large as one write of the reference, which `-debug` shows.
 */
async function* pieces({ file, size }: OpenFile, header = ''): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(4 * pieceSize);
  let used = buffer.write(header, 'latin1');
  let left = size;
  do {
    const { bytesRead } = await file.read(buffer, used, Math.min(left, buffer.length - used));
    left = bytesRead === 0 ? 0 : left - bytesRead;
    used += bytesRead;
    for (let at = 0; at < used; at += pieceSize) yield buffer.subarray(at, Math.min(at + pieceSize, used));
    used = 0;
  } while (left > 0);
}

const pieceSize = 16_384;

/** throughEmptyLine yields the file's own header, with the empty line. */
async function* throughEmptyLine(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let lineLength = 0;
  for await (const piece of content) {
    for (const [index, byte] of piece.entries()) {
      if (byte === lineFeed && lineLength === 0) {
        yield piece.subarray(0, index + 1);
        return;
      }
      if (byte === lineFeed) lineLength = 0;
      else if (byte !== carriageReturn) lineLength++;
    }
    yield piece;
  }
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
