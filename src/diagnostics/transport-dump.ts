import { hexDump } from '../bytes/hex-dump.ts';
import type { Observer } from '../connection/observer.ts';

export interface TransportDump extends Observer {
  /** Told where the client has not sent what comes next: the reference asks for it all the same. */
  blocked(): void;
}

export interface TransportDumpOptions {
  out(text: string): void;
  /** For what is read, which is not as urgent as the application data in it. */
  late(text: string): void;
  /** Numbers the connections of a run: what stands where the reference prints addresses of memory tells them apart. */
  readonly connection: number;
}

/** `-debug`: every read and every write of the transport, in hex. */
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
/** Headers and bodies are read into the same memory, one behind the other. */
const headerBuffer = 0x55d0_4f5d_8373;
const bodyBuffer = headerBuffer + headerLength;
const writeBuffer = 0x55d0_4f5e_0590;
const bufferDistance = 0x1_0000;
