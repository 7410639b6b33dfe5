import { junitReport, type RunTime } from '../../expect/results/junit.ts';
import type { Result } from '../../expect/results/result.ts';
import { tapReport } from '../../expect/results/tap.ts';
import { LineOutput, openForWriting } from '../output/line-output.ts';
import { Stop } from '../output/stop.ts';

export const resultFormats = ['junit', 'tap'] as const;

/** Where results are written in one format, which is the name of its option. */
export interface ResultFile {
  readonly format: (typeof resultFormats)[number];
  readonly file: string;
}

/** ResultFiles are the open files of `-junit` and `-tap`. */
export class ResultFiles {
  private readonly open: readonly (readonly [ResultFile, LineOutput])[];
  private faults: string[] = [];

  /** @throws {Stop} for the first that cannot be written */
  constructor(files: readonly ResultFile[]) {
    this.open = files.map((file) => [file, this.opened(file)]);
  }

  /** write resolves with an error line for each file that has not taken its report. */
  async write(results: readonly Result[], time: RunTime): Promise<readonly string[]> {
    for (const [{ format }, output] of this.open)
      output.write((format === 'junit' ? junitReport(results, time) : tapReport(results)).trimEnd());
    await Promise.all(this.open.map(([, output]) => output.end(patience)));
    return this.faults;
  }

  private opened({ format, file }: ResultFile): LineOutput {
    const failed = (reason: string) => {
      this.faults.push(faultLine(format, reason));
    };
    try {
      return new LineOutput(openForWriting(file), { failed, resumed: () => {} });
    } catch (error) {
      throw new Stop(faultLine(format, error instanceof Error ? error.message : String(error)), couldNotStart);
    }
  }
}

function faultLine(format: string, reason: string): string {
  return `s_server: -${format}: cannot write the results: ${reason}\n`;
}

/** Exit status. */
const couldNotStart = 2;

/** Milliseconds that the end waits for a reader. */
const patience = 2000;
