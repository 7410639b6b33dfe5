import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toPem } from '../../bytes/pem.ts';
import { connectionsNeeded } from '../../expect/counts.ts';
import { Judge, type Verdict } from '../../expect/judge.ts';
import type { Fact } from '../../facts/fact.ts';
import type { FactStream } from '../../facts/fact-stream.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import type { AcceptLoop } from '../../server/listening/accept-loop.ts';
import type { Accepting } from '../../server/transport/transport.ts';
import type { Output } from '../output/output.ts';
import type { Ending } from '../start/json-facts.ts';
import { ClientProcess, type CommandEnd } from './client-process.ts';
import { placesOf } from './places.ts';
import type { VerdictPlan } from './verdict-plan.ts';

export interface VerdictRunOptions {
  readonly plan: VerdictPlan;
  readonly err: (text: string) => void;
  /** Certificates (DER) that a client has to trust. */
  readonly trusted: readonly Uint8Array[];
  /** Nobody else ends the server by a signal. */
  readonly endsBySignals: boolean;
}

/** The certificates that the server shows are what its clients have to trust. */
export function verdictRun({ settings, output, facts }: Served, plan: VerdictPlan): VerdictRun {
  const trusted = settings.credentials.flatMap(({ chain }) => chain);
  return new VerdictRun({ plan, trusted, endsBySignals: facts === undefined, err: (text) => output.err(text) });
}

interface Served {
  readonly settings: Pick<Settings, 'credentials'>;
  readonly output: Output;
  readonly facts: object | undefined;
}

/** Exit statuses of a run with a verdict; the first that applies counts, in this order. */
export const VerdictStatus = {
  couldNotStart: 2,
  notMet: 5,
  handshakeFailed: 4,
  commandFailed: 6,
  noClient: 3,
  good: 0,
} as const;

type Outcome = keyof typeof VerdictStatus;

const reasons: Readonly<Record<Outcome, string>> = {
  couldNotStart: 'the run could not start',
  notMet: 'an expectation was not met',
  handshakeFailed: 'a handshake failed',
  commandFailed: 'the command failed',
  noClient: 'no client came',
  good: 'everything was as expected',
};

/**
 * VerdictRun judges the clients of one run of the server: it runs the command, ends the server when all has been seen, and
 * knows the exit status.
 */
export class VerdictRun {
  private readonly options: VerdictRunOptions;
  private readonly judge: Judge;
  private loop: AcceptLoop | undefined;
  private timers: NodeJS.Timeout[] = [];
  private folder: string | undefined;
  private client: ClientProcess | undefined;
  private commandEnd: CommandEnd | undefined;
  /** Why the run was cut short; undefined: it was not. */
  private cut: string | undefined;
  private couldNotStart = false;

  constructor(options: VerdictRunOptions) {
    this.options = options;
    const needed = connectionsNeeded(options.plan.expectations) ?? 1;
    this.judge = new Judge(options.plan.expectations, {
      greeted: (count) => {
        clearTimeout(this.timers[0]);
        if (count >= needed && options.plan.command === undefined && !options.plan.isCounted) this.loop?.stop();
      },
      probed: (connection) => options.err(`connection ${connection} ended without a ClientHello: not judged\n`),
    });
  }

  hear(fact: Fact): void {
    this.judge.hear(fact);
  }

  /** controls is called when clients can connect; it runs the command. */
  controls(loop: AcceptLoop, listener: Accepting): void {
    const { plan, err } = this.options;
    this.loop = loop;
    if (this.couldNotStart) {
      this.end();
      return;
    }
    this.timers = [
      setTimeout(() => this.cutShort(`no client came within ${plan.wait / 1000} s`), plan.wait),
      setTimeout(() => this.cutShort(`the limit of ${plan.limit / 1000} s was reached`), plan.limit),
    ];
    try {
      this.run(listener);
    } catch (error) {
      err(`s_server: ${error instanceof Error ? error.message : error}\n`);
      this.failToStart();
    }
  }

  /** failToStart ends the run before it has begun. */
  failToStart(): void {
    this.couldNotStart = true;
    this.end();
  }

  /** finish is called when the server has ended; it tells what was not met, and returns the exit status with its reason. */
  async finish(facts: FactStream | undefined): Promise<Ending> {
    for (const timer of this.timers) clearTimeout(timer);
    await this.client?.stop();
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
    const verdicts = this.judge.verdicts();
    for (const { term, met, seen, connection } of verdicts) facts?.tell('verdict', { term, met, seen }, connection);
    if (this.commandEnd !== undefined) facts?.tell('exec', this.commandEnd);
    this.options.err(this.report(verdicts));
    const outcome = this.outcome(verdicts);
    return { status: VerdictStatus[outcome], because: this.reason(outcome) };
  }

  private report(verdicts: readonly Verdict[]): string {
    const { commandEnd, cut } = this;
    return [
      ...verdicts.filter(({ met }) => met === false).map(notMetLine),
      ...(commandEnd && this.commandFailed ? [`${commandWords(commandEnd)}\n`] : []),
      ...(cut === undefined ? [] : [`${cut}\n`]),
    ].join('');
  }

  private outcome(verdicts: readonly Verdict[]): Outcome {
    const { judge } = this;
    if (this.couldNotStart) return 'couldNotStart';
    if (verdicts.some(({ met }) => met === false)) return 'notMet';
    if (judge.failedUnexpectedly) return 'handshakeFailed';
    if (this.commandFailed) return 'commandFailed';
    return this.cut !== undefined || judge.judged.length === 0 ? 'noClient' : 'good';
  }

  private reason(outcome: Outcome): string {
    const { commandEnd, cut } = this;
    if (outcome === 'commandFailed' && commandEnd) return commandWords(commandEnd);
    return (outcome === 'noClient' && cut) || reasons[outcome];
  }

  /** False for a command that we have ended ourselves. */
  private get commandFailed(): boolean {
    return this.cut === undefined && this.commandEnd !== undefined && hasFailed(this.commandEnd);
  }

  private run(listener: Accepting): void {
    const { plan, trusted, err, endsBySignals } = this.options;
    if (plan.command === undefined) return;
    this.folder = mkdtempSync(join(tmpdir(), 'serverhello-run-'));
    const ca = join(this.folder, 'ca.pem');
    writeFileSync(ca, trusted.map((der) => toPem('CERTIFICATE', der)).join(''));
    const client = new ClientProcess(plan.command, placesOf(listener, ca), {
      endsBySignals,
      leavesStdout: plan.leavesStdout,
    });
    this.client = client;
    void client.ended.then((end) => {
      if (end.error !== null) {
        err(`s_server: cannot run the command: ${end.error}\n`);
        this.failToStart();
      } else {
        this.commandEnd = end;
        this.loop?.stop();
      }
    });
  }

  private cutShort(why: string): void {
    if (this.cut !== undefined) return;
    this.cut = why;
    this.end();
  }

  private end(): void {
    this.client?.kill('SIGTERM');
    this.loop?.stop();
    for (const socket of this.loop?.connections ?? []) socket.destroy();
  }
}

function hasFailed({ status, signal }: CommandEnd): boolean {
  return status !== 0 || signal !== null;
}

function commandWords({ status, signal }: CommandEnd): string {
  return signal === null ? `the command ended with status ${status}` : `the command was ended by ${signal}`;
}

function notMetLine({ term, seen, connection }: Verdict): string {
  return `NOT MET: expected ${term}, seen ${seen}${connection === undefined ? '' : ` by connection ${connection}`}\n`;
}
