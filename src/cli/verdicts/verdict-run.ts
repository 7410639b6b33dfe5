import { connectionsNeeded, expectNobody } from '../../expect/counts.ts';
import { Judge, type Verdict } from '../../expect/judge.ts';
import { annotations } from '../../expect/results/annotations.ts';
import { handshakesResult, plainResult, type Result, termResult, verdictText } from '../../expect/results/result.ts';
import type { Fact } from '../../facts/fact.ts';
import type { FactStream } from '../../facts/fact-stream.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import type { AcceptLoop } from '../../server/listening/accept-loop.ts';
import type { ListenAddress } from '../../server/listening/listener.ts';
import type { Accepting } from '../../server/transport/transport.ts';
import type { Output } from '../output/output.ts';
import type { Ending } from '../start/json-facts.ts';
import { ClientProcess, type CommandEnd } from './client-process.ts';
import { placesOf } from './places.ts';
import type { ResultFiles } from './result-files.ts';
import type { VerdictPlan } from './verdict-plan.ts';

export interface VerdictRunOptions {
  readonly plan: VerdictPlan;
  readonly files: ResultFiles | undefined;
  readonly err: (text: string) => void;
  /** Certificates (DER) that a client has to trust. */
  readonly trusted: readonly Uint8Array[];
  /** Of a unix socket. */
  readonly path: string | undefined;
  /** Facts are written, whose end ends the server by a signal. */
  readonly writesFacts: boolean;
}

/** The certificates that the server shows are what its clients have to trust. */
export function verdictRun(
  { settings, output, facts, address, results: files }: Served,
  plan: VerdictPlan,
): VerdictRun {
  const trusted = settings.credentials.flatMap(({ chain }) => chain);
  const path = 'path' in address ? address.path : undefined;
  return new VerdictRun({
    plan,
    files,
    trusted,
    path,
    writesFacts: facts !== undefined,
    err: (text) => output.err(text),
  });
}

interface Served {
  readonly settings: Pick<Settings, 'credentials'>;
  readonly output: Output;
  readonly facts: object | undefined;
  readonly address: ListenAddress;
  readonly results: ResultFiles | undefined;
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

/**
 * VerdictRun judges the clients of one run of the server: it runs the command, ends the server when all has been seen, and
 * knows the exit status.
 */
export class VerdictRun {
  private readonly options: VerdictRunOptions;
  private readonly judge: Judge;
  private readonly began = new Date();
  private readonly beganAt = performance.now();
  private loop: AcceptLoop | undefined;
  private timers: NodeJS.Timeout[] = [];
  private client: ClientProcess | undefined;
  private commandEnd: CommandEnd | undefined;
  /** Why the run was cut short; undefined: it was not. */
  private cut: string | undefined;
  /** Why it could not begin. */
  private fault: string | undefined;

  constructor(options: VerdictRunOptions) {
    const { plan, err } = options;
    this.options = options;
    const needed = connectionsNeeded(plan.expectations) ?? 1;
    this.judge = new Judge(plan.expectations, {
      greeted: (count) => {
        clearTimeout(this.timers[0]);
        if (count >= needed && plan.command === undefined && !plan.isCounted) this.loop?.stop();
      },
      probed: (connection) => err(`connection ${connection} ended without a ClientHello: not judged\n`),
    });
  }

  hear(fact: Fact): void {
    this.judge.hear(fact);
  }

  /** controls is called when clients can connect; it runs the command. */
  controls(loop: AcceptLoop, listener: Accepting): void {
    const { wait, limit } = this.options.plan;
    this.loop = loop;
    if (this.fault !== undefined) {
      this.end();
      return;
    }
    this.timers = [
      setTimeout(() => this.cutShort(this.expectsNobody ? undefined : `no client came within ${wait / 1000} s`), wait),
      setTimeout(() => this.cutShort(`the limit of ${limit / 1000} s was reached`), limit),
    ];
    this.run(listener);
  }

  /** failToStart ends the run before it has begun. */
  failToStart(fault: string): void {
    this.fault ??= fault;
    this.end();
  }

  /** finish is called when the server has ended; it tells what was not met, and returns the exit status with its reason. */
  async finish(facts: FactStream | undefined): Promise<Ending> {
    const { err } = this.options;
    for (const timer of this.timers) clearTimeout(timer);
    await this.client?.stop();
    const verdicts = this.judge.verdicts();
    for (const { term, met, seen, connection } of verdicts) facts?.tell('verdict', { term, met, seen }, connection);
    if (this.commandEnd !== undefined) facts?.tell('exec', this.commandEnd);
    const results = this.results(verdicts);
    err(this.report(verdicts));
    if (process.env.GITHUB_ACTIONS) err(annotations(results));
    const faults = (await this.options.files?.write(results, this.time)) ?? [];
    for (const line of faults) err(line);
    const outcome = this.outcome(verdicts);
    if (outcome !== 'good' || faults.length === 0)
      return { status: VerdictStatus[outcome], because: this.reason(outcome) };
    return { status: VerdictStatus.couldNotStart, because: 'the results could not be written' };
  }

  private get time() {
    return { began: this.began.toISOString(), milliseconds: performance.now() - this.beganAt };
  }

  private report(verdicts: readonly Verdict[]): string {
    const lines = [
      ...verdicts.filter(({ met }) => met === false).map((verdict) => `NOT MET: ${verdictText(verdict)}`),
      ...[this.commandFault, this.runFault].filter((line) => line !== undefined && line !== this.fault),
    ];
    return lines.map((line) => `${line}\n`).join('');
  }

  private results(verdicts: readonly Verdict[]): readonly Result[] {
    const { judge, options } = this;
    return [
      ...verdicts.map(termResult),
      ...(judge.expectsFailures ? [] : [handshakesResult(judge.surprises)]),
      ...(options.plan.command === undefined ? [] : [plainResult('command', this.commandFault)]),
      plainResult('run', this.runFault),
    ];
  }

  private outcome(verdicts: readonly Verdict[]): Outcome {
    if (this.fault !== undefined) return 'couldNotStart';
    if (verdicts.some(({ met }) => met === false)) return 'notMet';
    if (this.judge.surprises.length > 0) return 'handshakeFailed';
    if (this.commandFault !== undefined) return 'commandFailed';
    return this.runFault === undefined ? 'good' : 'noClient';
  }

  private reason(outcome: Outcome): string {
    const faults: Partial<Record<Outcome, string | undefined>> = {
      couldNotStart: this.fault,
      notMet: 'an expectation was not met',
      handshakeFailed: 'a handshake failed',
      commandFailed: this.commandFault,
      noClient: this.runFault,
    };
    return faults[outcome] ?? 'everything was as expected';
  }

  private get expectsNobody(): boolean {
    return expectNobody(this.options.plan.expectations);
  }

  /** A command that we have ended ourselves has not failed. */
  private get commandFault(): string | undefined {
    const end = this.commandEnd;
    if (this.cut !== undefined || end === undefined || (end.status === 0 && end.signal === null)) return undefined;
    return end.signal === null
      ? `the command ended with status ${end.status}`
      : `the command was ended by ${end.signal}`;
  }

  /** Why the run does not count; undefined where it was complete. */
  private get runFault(): string | undefined {
    const isEmpty = this.judge.judged.length === 0 && !this.expectsNobody;
    return this.fault ?? this.cut ?? (isEmpty ? 'no client came' : undefined);
  }

  private run(listener: Accepting): void {
    const { plan, trusted, path, writesFacts } = this.options;
    if (plan.command === undefined) return;
    try {
      const { host, port } = listener;
      this.client = new ClientProcess(plan.command, {
        trusted,
        places: (ca) => placesOf({ host, port, path }, plan.listened, ca),
        leavesStdout: plan.leavesStdout,
        writesFacts,
      });
    } catch (error) {
      this.failToRun(error instanceof Error ? error.message : String(error));
      return;
    }
    void this.client.ended.then((end) => {
      if (end.error !== null) this.failToRun(end.error);
      else {
        this.commandEnd = end;
        this.loop?.stop();
      }
    });
  }

  private failToRun(reason: string): void {
    const fault = `cannot run the command: ${reason}`;
    this.options.err(`s_server: ${fault}\n`);
    this.failToStart(fault);
  }

  /** `why`: undefined where that is as expected. */
  private cutShort(why: string | undefined): void {
    this.cut ??= why;
    this.end();
  }

  private end(): void {
    this.client?.kill('SIGTERM');
    this.loop?.stop();
    for (const socket of this.loop?.connections ?? []) socket.destroy();
  }
}
