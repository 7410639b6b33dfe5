import type { Fact } from '../../facts/fact.ts';
import { type FactOptions, FactStream } from '../../facts/fact-stream.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import type { ListenAddress } from '../../server/listening/listener.ts';
import type { Accepting } from '../../server/transport/transport.ts';
import { shownWords } from '../command-line/shown-words.ts';
import type { Options } from '../options/index.ts';
import { LineOutput, openForWriting } from '../output/line-output.ts';
import { programVersion } from '../output/program-version.ts';
import { Stop } from '../output/stop.ts';

/** Ending is the end of a run. */
export interface Ending {
  readonly status: number;
  readonly because: string;
}

/** What answers the questions of a stream, and who else hears it. */
export interface Company extends Required<Pick<FactOptions, 'goesOn' | 'explain'>> {
  readonly hear: (fact: Fact) => void;
}

interface Listening {
  readonly address: ListenAddress;
  readonly settings: Settings;
}

/** JsonFacts writes the facts of a run as lines of JSON, from `start` to `end`. */
export class JsonFacts {
  readonly stream: FactStream;
  private readonly output: LineOutput;
  private readonly counts = { connections: 0, established: 0, failed: 0 };
  private over = false;
  private company: Company | undefined;

  /** @throws {Stop} if the output cannot be opened */
  constructor(word: string, words: readonly string[], options: Options, err: (text: string) => void) {
    this.output = new LineOutput(opened(word), {
      resumed: (count) => this.stream.tell('lost', { output: 'json', count, why: 'the reader had stopped' }),
      failed: (reason) => err(`s_server: -json: ${reason}, no more facts are written\n`),
    });
    this.stream = new FactStream({
      emit: (fact) => this.emit(fact),
      with: {
        bytes: options.json_bytes === true,
        records: options.json_records === true,
        data: options.json_data === true,
        secrets: options.keylogfile !== undefined,
      },
      goesOn: (error, depth) => this.company?.goesOn?.(error, depth) === true,
      explain: (failed, story) => this.company?.explain?.(failed, story) ?? [],
    });
    this.stream.tell('start', {
      time: new Date().toISOString(),
      version: programVersion(),
      node: process.versions.node,
      openssl: process.versions.openssl,
      argv: shownWords(words),
      pid: process.pid,
      seed: null,
    });
    for (const [signal, number] of signals) process.once(signal, () => void this.endBy(signal, 128 + number));
  }

  /** listening emits the fact that clients can connect. */
  async listening({ address, settings }: Listening, { host, port }: Accepting): Promise<void> {
    const { listeningFact } = await import('../../facts/listening-fact.ts');
    const where = 'path' in address ? { path: address.path } : { address: host, port };
    this.stream.tell('listening', listeningFact(where, settings));
  }

  /** accompany sets what is known only once there are settings. */
  accompany(company: Company): void {
    this.company = company;
  }

  /** end resolves when the reader has everything, after two seconds at the latest. */
  async end({ status, because }: Ending): Promise<void> {
    if (this.over) return;
    this.over = true;
    const { dropped } = this.output;
    this.stream.tell('end', { ...this.counts, dropped, status, because });
    await this.output.end(patience);
  }

  private emit(fact: Fact): void {
    if (fact.fact === 'connected') this.counts.connections += 1;
    if (fact.fact === 'established') this.counts.established += 1;
    if (fact.fact === 'failed' && fact.where !== 'data') this.counts.failed += 1;
    this.output.write(JSON.stringify(fact), fact.fact === 'end' ? 'last' : undefined);
    this.company?.hear?.(fact);
  }

  /** endBy writes the last fact before the signal has its default effect. */
  private async endBy(signal: NodeJS.Signals, status: number): Promise<void> {
    await this.end({ status, because: signal });
    process.kill(process.pid, signal);
  }
}

function opened(word: string) {
  try {
    return openForWriting(word);
  } catch {
    throw new Stop(`Error writing file ${word}\n`);
  }
}

const signals: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGTERM', 15],
];

/** Milliseconds that the end waits for the reader. */
const patience = 2000;
