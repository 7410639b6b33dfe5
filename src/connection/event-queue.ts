import { type Observer, observerEvents } from './observer.ts';

/**
 * EventQueue buffers the effects of a step: observer events, bytes for the peer, plaintext. It delivers them in the
 * order of production once the step has completed, so that a callback never sees a half-done step.
 */
export class EventQueue {
  private events: (() => void)[] = [];
  private draining = false;

  add(event: () => void): void {
    this.events.push(event);
  }

  get empty(): boolean {
    return this.events.length === 0;
  }

  /** Delivers all events. Events added by a callback come last. A callback that throws loses no event behind it. */
  drain(): void {
    if (this.draining) return;
    this.draining = true;
    try {
      while (this.events.length > 0) {
        const events = this.events;
        this.events = [];
        for (const [index, event] of events.entries()) {
          try {
            event();
          } catch (error) {
            this.events = [...events.slice(index + 1), ...this.events];
            throw error;
          }
        }
      }
    } finally {
      this.draining = false;
    }
  }
}

/** Wraps an observer so that its calls are queued. Methods that it lacks stay absent, so that they cost nothing. */
export function queued(observer: Observer, queue: EventQueue): Observer {
  const later: Record<string, (...facts: unknown[]) => void> = {};
  for (const event of observerEvents) {
    const tell = observer[event] as ((...facts: unknown[]) => void) | undefined;
    if (tell !== undefined) later[event] = (...facts) => queue.add(() => tell.apply(observer, facts));
  }
  return later as Observer;
}
