import { closeSync, openSync, readSync } from 'node:fs';
import { LoadFailure } from './load-failure.ts';
import { readByte } from './prompt.ts';

/** Longest password line in bytes; a longer one is truncated as in the reference. */
const maxLine = 1023;

/**
 * passwordFrom resolves a password argument (openssl-passphrase-options): `pass:secret`, `env:NAME`, `file:PATH`,
 * `fd:N` or `stdin`. A stream's password is its first line without the newline.
 * @throws {LoadFailure} with the reference's sentences
 */
export function passwordFrom(argument: string): Uint8Array {
  const lines = linesOf(argument);
  try {
    return passwordFor(argument, lines);
  } finally {
    lines?.close();
  }
}

/**
 * passwordsFrom resolves the arguments of two options. If both name the same source, the second is its next line.
 * @throws {LoadFailure} with the reference's sentences
 */
export function passwordsFrom(first: string | undefined, second: string | undefined): Passwords {
  if (first === undefined || first !== second)
    return {
      ...(first !== undefined && { first: passwordFrom(first) }),
      ...(second !== undefined && { second: passwordFrom(second) }),
    };
  const lines = linesOf(first);
  try {
    return { first: passwordFor(first, lines), second: passwordFor(first, lines) };
  } finally {
    lines?.close();
  }
}

export interface Passwords {
  readonly first?: Uint8Array;
  readonly second?: Uint8Array;
}

function passwordFor(argument: string, lines: Lines | undefined): Uint8Array {
  if (argument.startsWith('pass:')) return Buffer.from(argument.substring('pass:'.length));
  if (argument.startsWith('env:')) {
    const name = argument.substring('env:'.length);
    const value = process.env[name];
    if (value === undefined) throw refusal(`No environment variable ${name}`);
    return Buffer.from(value);
  }
  if (lines === undefined) throw refusal(schemeFault(argument));
  return lines.next();
}

interface Lines {
  next(): Uint8Array;
  close(): void;
}

/** linesOf returns undefined for an argument that names no stream. */
function linesOf(argument: string): Lines | undefined {
  if (argument === 'stdin') return linesOfDescriptor(0);
  // The reference's atoi gives 0 for anything but a number.
  if (argument.startsWith('fd:')) return linesOfDescriptor(Number.parseInt(argument.substring('fd:'.length), 10) || 0);
  if (!argument.startsWith('file:')) return undefined;
  const path = argument.substring('file:'.length);
  try {
    const descriptor = openSync(path, 'r');
    return { ...linesOfDescriptor(descriptor), close: () => closeSync(descriptor) };
  } catch {
    throw refusal(`Can't open file ${path}`);
  }
}

/** linesOfDescriptor reads byte by byte, so that later lines stay in the descriptor. */
function linesOfDescriptor(descriptor: number): Lines {
  const next = () => {
    const line: number[] = [];
    try {
      for (;;) {
        const byte = readByte(descriptor, readSync);
        if (byte === undefined && line.length === 0) break;
        if (byte === undefined || byte === 0x0a) return Buffer.from(line);
        if (line.push(byte) === maxLine) return Buffer.from(line);
      }
    } catch {
      // A closed descriptor or a directory is reported like the end of the input.
    }
    throw refusal('Error reading password from BIO');
  };
  return { next, close: () => undefined };
}

function schemeFault(argument: string): string {
  const colon = argument.indexOf(':');
  if (colon < 0 || colon > 4) return "Invalid password argument, missing ':' within the first 5 chars";
  return `Invalid password argument, starting with "${argument.substring(0, colon + 1)}"`;
}

function refusal(sentence: string): LoadFailure {
  return new LoadFailure(`${sentence}\nError getting password`);
}
