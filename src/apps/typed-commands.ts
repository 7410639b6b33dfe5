import { latin1 } from '../bytes/hex.ts';

/** Command is the action of a letter typed while a client is connected. */
export type Command =
  | 'quit'
  | 'quitServer'
  | 'renegotiate'
  | 'renegotiateWithCertificate'
  | 'updateKey'
  | 'updateBothKeys'
  | 'requestCertificate'
  | 'plainText'
  | 'statistics';

/** commandOf returns the command of one read of the terminal, by its first byte; undefined for text. */
export function commandOf(read: Uint8Array): Command | undefined {
  const letter = String.fromCharCode(read[0] ?? 0);
  return byLetter[letter] ?? (endsLine(read[1]) ? byLine[letter] : undefined);
}

/** The request of a line behind Ctrl-N; `next` turns to the next connection. */
export type Switch =
  | 'next'
  | 'keys'
  | 'connections'
  /** Types the key as if the connection of this number were the current one. */
  | { readonly connection: number; readonly key: string };

/**
 * switchOf recognizes a line that begins with Ctrl-N; undefined for any other. The reference has no control characters
 * among its commands.
 */
export function switchOf(read: Uint8Array): Switch | undefined {
  if (read[0] !== controlN) return undefined;
  const [, line] = /^([^\r\n]*)[\r\n]/.exec(latin1(read.subarray(1, longestSwitch))) ?? [];
  if (line === undefined) return undefined;
  const word = words.get(line.trim());
  const [, number, key] = /^\s*(\d+)\s+(\S)\s*$/.exec(line) ?? [];
  return word ?? (key === undefined ? undefined : { connection: Number(number), key });
}

const controlN = 0x0e;

const words = new Map<string, Switch>([
  ['', 'next'],
  ['?', 'keys'],
  ['l', 'connections'],
]);

/** Bytes: more than the longest line of this kind. */
const longestSwitch = 64;

/** Behind Ctrl-N and a question mark. */
export const keysText = `Keys, each at the beginning of a line that Enter ends:
  q  end the connection              Q  end the server
  k  update our keys                 K  update the keys of both sides
  r  renegotiate                     R  renegotiate, asking for a certificate
  c  ask for a certificate           P  send text in clear
  S  statistics
  Ctrl-N      the next connection    Ctrl-N ?    this list
  Ctrl-N l    the connections        Ctrl-N 3 k  the key k for connection 3
All else is sent to the client.
`;

const byLetter: Readonly<Record<string, Command>> = {
  q: 'quit',
  Q: 'quitServer',
  P: 'plainText',
  S: 'statistics',
};

const byLine: Readonly<Record<string, Command>> = {
  r: 'renegotiate',
  R: 'renegotiateWithCertificate',
  k: 'updateKey',
  K: 'updateBothKeys',
  c: 'requestCertificate',
};

function endsLine(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}
