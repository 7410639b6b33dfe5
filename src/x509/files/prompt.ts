import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Terminal is the file descriptors of a prompt. */
interface Terminal {
  readonly input: number;
  readonly output: number;
}

/** Longest answer in bytes; the rest of a longer line is discarded. */
const maxAnswer = 1023;

/**
 * promptForPassword prompts on the controlling terminal, without echo, if there is one; otherwise on standard error,
 * with the answer from standard input. Undefined for an incomplete line or unreadable input.
 */
export function promptForPassword(question: string): Uint8Array | undefined {
  let terminal: number;
  try {
    terminal = openSync('/dev/tty', 'r+');
  } catch {
    return ask(question, { input: 0, output: 2 });
  }
  try {
    setEcho(terminal, 'off');
    return ask(question, { input: terminal, output: terminal });
  } finally {
    setEcho(terminal, 'on');
    closeSync(terminal);
  }
}

/**
 * readByte waits for one byte; undefined at the end of the input.
 * @throws the errors of `read` but EOF and EAGAIN: Node may have made the descriptor non-blocking
 */
export function readByte(descriptor: number, read: typeof readSync): number | undefined {
  const byte = new Uint8Array(1);
  for (;;) {
    try {
      return read(descriptor, byte, 0, 1, null) === 0 ? undefined : byte[0];
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      if (error.code === 'EOF') return undefined;
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

function ask(question: string, { input, output }: Terminal): Uint8Array | undefined {
  writeSync(output, question);
  const answer = readAnswer(input);
  writeSync(output, '\n');
  return answer;
}

function readAnswer(input: number): Uint8Array | undefined {
  const answer: number[] = [];
  try {
    for (;;) {
      const byte = readByte(input, readSync);
      if (byte === undefined) return undefined;
      if (byte === 0x0a) return Buffer.from(answer);
      if (answer.length < maxAnswer) answer.push(byte);
    }
  } catch {
    return undefined;
  }
}

/** setEcho uses stty: raw mode would disable the terminal's line editing. */
function setEcho(terminal: number, echo: 'on' | 'off'): void {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  spawnSync('stty', [echo === 'on' ? 'echo' : '-echo'], { stdio: [terminal, 'ignore', 'ignore'] });
}
