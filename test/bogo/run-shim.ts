import { system } from '../../src/handshake/flow/surroundings.ts';
import { MemorySessionStore } from '../../src/sessions/memory-session-store.ts';
import { Statistics } from '../../src/sessions/statistics.ts';
import { TicketKeys } from '../../src/sessions/ticket-keys.ts';
import { type Plans, readArguments } from './arguments.ts';
import { Conversation } from './conversation.ts';
import { FakeClock } from './fake-clock.ts';
import { NotImplemented } from './flags/flag.ts';
import { settingsOf } from './plan.ts';
import { RunSessions } from './run-sessions.ts';
import { RunnerSocket } from './wire/runner-socket.ts';

/** Report is what a process leaves behind. */
export interface Report {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The exit code for what is not implemented. */
const notImplemented = 89;

/** runShim plays one test of the runner. It does not fail; `signal` ends its connections. */
export async function runShim(words: readonly string[], signal: AbortSignal): Promise<Report> {
  // The first question of the runner, about handshakes that are split over two processes.
  if (words.includes('-is-handshaker-supported')) return { code: 0, stdout: 'No\n', stderr: '' };
  try {
    await runPlans(readArguments(words), signal);
    return { code: 0, stdout: '', stderr: '' };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { code: error instanceof NotImplemented ? notImplemented : 1, stdout: '', stderr: `${text}\n` };
  }
}

/** Maximum number of sessions that a run keeps. */
const capacity = 64;

/** @throws when a connection fails */
async function runPlans({ first, further }: Plans, signal: AbortSignal): Promise<void> {
  const clock = new FakeClock();
  const statistics = new Statistics();
  const store = new MemorySessionStore({ capacity, now: () => Math.floor(clock.now() / 1000), statistics });
  const sessions = new RunSessions(store, first);
  const shared = { ticketKeys: new TicketKeys(system.random, first.ticketKey), sessions, statistics };
  for (let number = 0; number <= first.resumeCount; number++) {
    const isFurther = number > 0;
    const plan = isFurther ? further : first;
    const settings = settingsOf(plan, shared);
    const before = sessions.puts;
    const socket = await RunnerSocket.open(plan, signal);
    const stored = () => sessions.puts > before;
    await new Conversation(socket, { plan, settings, clock, isFurther, stored }).run();
    clock.advance(plan.resumptionDelay * 1000);
  }
}
