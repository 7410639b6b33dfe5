import type { Observer, Way } from '../connection/observer.ts';
import { ClientHello } from '../messages/client-hello.ts';
import { ContentType } from '../names/content-types.ts';
import { isDtls } from '../names/versions.ts';
import type { FactOf } from './fact.ts';
import type { TellOf } from './fact-stream.ts';
import { receivedHello } from './received-hello.ts';

/** HelloFacts reports each ClientHello with its records and the sizes of the transport's chunks. */
export class HelloFacts {
  newest: FactOf<'clientHello'> | undefined;
  private readonly tell: TellOf<'clientHello'>;
  private count = 0;
  private records = 0;
  private reads: number[] = [];

  constructor(tell: TellOf<'clientHello'>) {
    this.tell = tell;
  }

  /** received counts a chunk of the transport; only chunks before a hello matter. */
  received(length: number): void {
    if (this.reads.length < mostReads) this.reads.push(length);
  }

  readonly record: NonNullable<Observer['record']> = (way, _header, contentType) => {
    if (way === 'read' && contentType === ContentType.handshake) this.records += 1;
  };

  /** message reports a ClientHello; every message of either side resets the counts. */
  message(way: Way, version: number, bytes: Uint8Array): void {
    if (way === 'read' && bytes[0] === ClientHello.type) this.hello(version, bytes);
    this.records = 0;
    this.reads = [];
  }

  /** The hello that was encrypted inside the newest one, as a whole message of streams. */
  inner(message: Uint8Array): void {
    const hello = receivedHello(message);
    if (hello === undefined || this.newest === undefined) return;
    const { number, records, reads } = this.newest;
    this.newest = this.tell('clientHello', { number, ...hello.toJSON(), records, reads });
  }

  private hello(version: number, bytes: Uint8Array): void {
    const hello = receivedHello(bytes, isDtls(version) ? 'datagrams' : 'streams');
    if (hello === undefined) return;
    this.count += 1;
    const carried = { records: this.records, reads: this.reads };
    this.newest = this.tell('clientHello', { number: this.count, ...hello.toJSON(), ...carried });
  }
}

/** Limit of listed chunks, for clients that send single bytes. */
const mostReads = 1024;
