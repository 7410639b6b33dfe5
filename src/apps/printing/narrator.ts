import { styleText } from 'node:util';
import { connectionName, endpointText, establishedWords, failedWords } from '../../diagnostics/connection-words.ts';
import type { Fact, FactOf } from '../../facts/fact.ts';
import type { TlsSocket } from '../../server/sockets/tls-socket.ts';
import { HeadedOutputs, type Stage } from './headed-outputs.ts';
import type { Outputs } from './outputs.ts';

export interface NarratorOptions {
  readonly outputs: Outputs;
  readonly colours: boolean;
  /** Nothing comes out of `outputs.out`. */
  readonly silenced: boolean;
}

/** What is known of a connection while it goes on. */
interface Subject {
  readonly name: string;
  readonly began: number;
  outputs: Outputs;
  ja4: string | undefined;
  /** It is told once the error lines have been printed. */
  failed: FactOf<'failed'> | undefined;
}

/**
 * Narrator tells people about connections, from their facts: a heading before each block that is printed about one, a
 * line about what its handshake came to, and why it failed. All of that goes to stderr.
 */
export class Narrator {
  private readonly options: NarratorOptions;
  private readonly stage: Stage;
  private readonly subjects = new Map<number, Subject>();

  constructor(options: NarratorOptions) {
    const { outputs, silenced } = options;
    this.options = options;
    this.stage = { outputs, silenced, current: undefined, midLine: false };
  }

  /** Takes each fact as it is told. */
  hear(fact: Fact): void {
    if (fact.fact === 'connected') this.begin(fact);
    const subject = 'connection' in fact && fact.connection !== undefined && this.subjects.get(fact.connection);
    if (!subject) return;
    if (fact.fact === 'clientHello') subject.ja4 = fact.ja4;
    if (fact.fact === 'established') this.established(fact, subject);
    if (fact.fact === 'moved') this.moved(fact, subject);
    if (fact.fact === 'failed') subject.failed = fact;
  }

  /** Where to print about a connection: each block gets a heading. */
  outputsOf(connection: number): Outputs {
    return this.subjects.get(connection)?.outputs ?? this.options.outputs;
  }

  /** Lines about the connection go this way from now on, the one that it is connected first. */
  printTo(connection: number, outputs: Outputs): void {
    const subject = this.subjects.get(connection);
    if (subject === undefined) return;
    subject.outputs = outputs;
    outputs.err('');
  }

  /** To be called after all others listen to the socket, so that explanations stand behind the error lines. */
  follow(socket: TlsSocket, connection: number): void {
    socket.once('problem', () => {
      const subject = this.subjects.get(connection);
      if (subject?.failed && subject.failed.where !== 'data') this.tellFailure(subject);
    });
    socket.once('close', () => {
      const subject = this.subjects.get(connection);
      if (subject !== undefined) this.tellFailure(subject);
      this.subjects.delete(connection);
    });
  }

  private begin({ connection, remote, at }: FactOf<'connected'>): void {
    const name = connectionName(connection, remote);
    const outputs = new HeadedOutputs(this.stage, this.styled('bold', name));
    this.subjects.set(connection, { name, began: at, outputs, ja4: undefined, failed: undefined });
  }

  private established(fact: FactOf<'established'>, { name, outputs, ja4 }: Subject): void {
    outputs.err(`${this.styled('bold', name)} ${this.styled('green', 'ok')} ${establishedWords(fact, ja4)}\n`);
  }

  private moved({ to }: FactOf<'moved'>, { name, outputs }: Subject): void {
    outputs.err(`${this.styled('bold', name)} is at ${endpointText(to)} now\n`);
  }

  private tellFailure(subject: Subject): void {
    const { name, outputs, failed, began } = subject;
    if (failed === undefined) return;
    subject.failed = undefined;
    const headline = `${this.styled('bold', name)} ${this.styled('red', 'FAILED')} ${failedWords(failed, failed.at - began)}`;
    outputs.err([headline, ...failed.explain.map((it) => `   ${it}`), ''].join('\n'));
  }

  private styled(style: 'bold' | 'green' | 'red', text: string): string {
    return this.options.colours ? styleText(style, text, { validateStream: false }) : text;
  }
}
