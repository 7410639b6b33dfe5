import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Where a question is put and where its answer comes from: file descriptors. */
interface Terminal {
  readonly input: number;
  readonly output: number;
}

/** Longest answer, in bytes; what is beyond it is read and dropped. */
const maxAnswer = 1023;

/**
 * Asks for a pass phrase, on the controlling terminal (not echoed) if there is one, otherwise on standard error with the
 * answer taken from standard input. Undefined when the input ends before the line does, or cannot be read.
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
 * One byte, waiting for it; undefined at the end of the input.
 * @throws what `read` throws, except for a descriptor that is not ready: Node may have made it non-blocking
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

/** Line editing stays with the terminal, which raw mode would take away. */
function setEcho(terminal: number, echo: 'on' | 'off'): void {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  spawnSync('stty', [echo === 'on' ? 'echo' : '-echo'], { stdio: [terminal, 'ignore', 'ignore'] });
}
