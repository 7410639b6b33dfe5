import type { Socket } from 'node:net';
import { DatagramWire } from '../../client-wires.ts';
import { PskClient } from '../../psk-client.ts';
import { read } from './runner.ts';

/** The suite, the key and the identity of the client. */
export const pskFlags = ['-cipher', 'PSK-AES128-GCM-SHA256', '-psk', 'a key of the test', '-psk-identity', 'somebody'];

/** DatagramRunner plays the runner's part of the framing that carries datagrams and time. */
export class DatagramRunner {
  readonly client: PskClient;
  private readonly socket: Socket;

  constructor(socket: Socket) {
    this.socket = socket;
    const send = (datagram: Uint8Array) => this.packet('P', 4, datagram.length, datagram);
    this.client = new PskClient(Buffer.from('a key of the test'), new DatagramWire({ room: 1200, now: () => 0, send }));
  }

  /** Tells the shim that this much time passes. */
  pass(milliseconds: number): void {
    this.packet('T', 8, milliseconds * 1e6);
  }

  /** Tells the shim when its next timer must expire; undefined: none may run. */
  expectTimer(milliseconds: number | undefined): void {
    this.packet('E', 8, milliseconds === undefined ? undefined : milliseconds * 1e6);
  }

  /** A packet of this opcode, whose number has this many bytes; undefined is the highest number. */
  packet(opcode: string, length: number, number: number | undefined, body: Uint8Array = new Uint8Array(0)): void {
    const field = Buffer.alloc(length, 0xff);
    if (number !== undefined && length === 8) field.writeBigUInt64BE(BigInt(number));
    if (number !== undefined && length === 4) field.writeUInt32BE(number);
    this.socket.write(Buffer.concat([Buffer.from(opcode), field, body]));
  }

  /** next returns the opcode of the next packet of the shim, and its datagram. */
  async next(): Promise<{ readonly opcode: string; readonly datagram: Uint8Array }> {
    const opcode = (await read(this.socket, 1)).toString();
    if (opcode !== 'P') return { opcode, datagram: new Uint8Array(0) };
    const length = (await read(this.socket, 4)).readUInt32BE();
    return { opcode, datagram: await read(this.socket, length) };
  }

  end(): void {
    this.socket.end();
  }

  /** receive gives datagrams to the client until this holds. */
  async receive(until: (client: PskClient) => boolean): Promise<void> {
    while (!until(this.client)) this.client.receive((await this.next()).datagram);
  }
}
