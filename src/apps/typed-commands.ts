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

/**
 * isSwitch recognizes Ctrl-N alone on a line, which switches to the next of several connections. The reference has no
 * control characters among its commands, and with a single connection this too is text.
 */
export function isSwitch(read: Uint8Array): boolean {
  return read[0] === controlN && endsLine(read[1]);
}

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

const controlN = 0x0e;

function endsLine(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}
