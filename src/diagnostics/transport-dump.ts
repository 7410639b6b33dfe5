import { hexDump } from '../bytes/hex-dump.ts';
import type { Observer } from '../connection/observer.ts';

export interface TransportDump extends Observer {
  /** Called when the handshake waits for the client, where the reference tries to read all the same. */
  blocked(): void;
}

export interface TransportDumpOptions {
  out(text: string): void;
  /** Prints reads, which are less urgent than the application data in them. */
  late(text: string): void;
  /**
   * Number of the connection in this run: it distinguishes the values printed where the reference prints memory
   * addresses.
   */
  readonly connection: number;
}

/** transportDump prints every read and every write of the transport, in hex (`-debug`). */
export function transportDump({ out, late, connection }: TransportDumpOptions): TransportDump {
  const transport = address(firstTransport + connection * 0x100);
  const line = (way: string, buffer: number, asked: number, result: string) =>
    `${way} ${transport} [${address(buffer + connection * bufferDistance)}] (${asked} bytes => ${result})\n`;
  const moved = ({ length }: Uint8Array) => (length === 0 ? '0' : `${length} (0x${length.toString(16).toUpperCase()})`);
  return {
    read(bytes, asked) {
      const buffer = asked === headerLength ? headerBuffer : bodyBuffer;
      late(`${line('read from', buffer, asked, moved(bytes))}${hexDump(bytes)}`);
    },
    write(bytes) {
      out(`${line('write to', writeBuffer, bytes.length, moved(bytes))}${hexDump(bytes)}`);
    },
    blocked: () => out(line('read from', headerBuffer, headerLength, '-1')),
  };
}

function address(number: number): string {
  return `0x${number.toString(16)}`;
}

const headerLength = 5;
const firstTransport = 0x55d0_4f4f_7840;
/** The header and the body of a record are read into one buffer. */
const headerBuffer = 0x55d0_4f5d_8373;
const bodyBuffer = headerBuffer + headerLength;
const writeBuffer = 0x55d0_4f5e_0590;
const bufferDistance = 0x1_0000;
