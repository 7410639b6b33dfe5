import { encode } from '../src/bytes/wire.ts';
import type { TlsEngineOptions } from '../src/connection/tls-engine.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { ClientHello } from '../src/messages/client-hello.ts';
import type { Extension } from '../src/messages/extensions/extension.ts';
import { alert as alertOf } from '../src/names/alerts.ts';
import { ContentType } from '../src/names/content-types.ts';
import { Recorded } from './conversation.ts';

/** The fields of a hello that a test sets; the others are those of a client of TLS 1.2 without extensions. */
export type HandMadeHello = Partial<ClientHello>;

/** An extension by its code, its body in hexadecimal. */
export function extension(type: number, body = ''): Extension {
  return { type, body: Buffer.from(body.replaceAll(' ', ''), 'hex') };
}

/** Bodies of clients that want nothing unusual. */
export const usual = {
  groups: extension(10, '0004 001d 0017'),
  secp256r1: extension(10, '0002 0017'),
  points: extension(11, '01 00'),
  schemes: extension(13, '000a 0403 0804 0401 0503 0203'),
  tls13: extension(43, '02 0304'),
  pskModes: extension(45, '01 01'),
  share: extension(51, `0024 001d 0020 09${'00'.repeat(31)}`),
} as const;

/** The body of a ClientHello. */
export function helloBody(hello: HandMadeHello = {}): Uint8Array {
  return encode(ClientHello.wire({ version: 0x0303 }), {
    legacyVersion: 0x0303,
    random: new Uint8Array(32).fill(0x11),
    sessionId: new Uint8Array(0),
    cipherSuites: [0xc02f, 0xc02b, 0x009c],
    compressionMethods: [0],
    extensions: [usual.groups, usual.points, usual.schemes],
    ...hello,
  });
}

/** One of TLS 1.3, with these extensions besides the usual ones, of which `without` are left out. */
export function hello13(
  { extensions = [], ...hello }: HandMadeHello = {},
  without: readonly Extension[] = [],
): HandMadeHello {
  const all = [usual.groups, usual.schemes, usual.tls13, usual.share, usual.pskModes];
  return {
    cipherSuites: [0x1301],
    ...hello,
    extensions: [...all.filter((it) => !without.includes(it)), ...extensions],
  };
}

/** A client that says what a test has it say, in clear, to an engine in memory. */
export class HandMadeClient {
  readonly server: Recorded;
  /** Names of the alerts that the server has sent. */
  readonly alerts: string[] = [];

  constructor(settings: Settings, options: Omit<TlsEngineOptions, 'doors' | 'settings' | 'observer'> = {}) {
    this.server = new Recorded({
      settings,
      ...options,
      observer: {
        alert: (way, _level, description) => {
          if (way === 'write') this.alerts.push(alertOf(description)?.name ?? String(description));
        },
      },
    });
  }

  hello(hello: HandMadeHello = {}): this {
    return this.message(ClientHello.type, helloBody(hello));
  }

  message(type: number, body: Uint8Array): this {
    const { length } = body;
    return this.record(ContentType.handshake, Buffer.from([type, length >> 16, length >> 8, length, ...body]));
  }

  record(type: number, content: Uint8Array): this {
    for (let at = 0; at === 0 || at < content.length; at += largestRecord) {
      const piece = content.subarray(at, at + largestRecord);
      this.server.engine.feed(Buffer.from([type, 3, 3, piece.length >> 8, piece.length, ...piece]));
    }
    return this;
  }

  /** The types of the server's records, and of the messages that begin them in clear. */
  get said(): string[] {
    return [...recordsIn(this.server.sentBytes)].map(([type, content]) =>
      type === ContentType.handshake ? `${type}:${content[0]}` : String(type),
    );
  }

  /** The bodies of the server's messages of this type, each of which has a record to itself. */
  bodies(type: number): Uint8Array[] {
    return [...recordsIn(this.server.sentBytes)]
      .filter(([record, content]) => record === ContentType.handshake && content[0] === type)
      .map(([, content]) => content.subarray(4));
  }

  /** How it ended: alert, and the reference's function and words, of all lines. */
  get end(): string {
    const [ending] = this.server.endings;
    if (ending?.how !== 'failed') return ending?.how ?? 'goes on';
    const lines = ending.problem.lines.map((line) => `${line.function}:${line.text}`);
    return [this.alerts.at(-1) ?? 'no alert', ...lines].join(' ');
  }
}

const largestRecord = 16384;

function* recordsIn(bytes: Uint8Array): Generator<readonly [type: number, content: Uint8Array]> {
  for (let at = 0; at + 5 <= bytes.length; ) {
    const length = ((bytes[at + 3] ?? 0) << 8) | (bytes[at + 4] ?? 0);
    yield [bytes[at] ?? 0, bytes.subarray(at + 5, at + 5 + length)];
    at += 5 + length;
  }
}
