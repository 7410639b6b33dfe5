import { type Observer, observerEvents } from './observer.ts';

/**
 * Everything that the world is to see of a step: observer events, bytes for the peer, plaintext. It is handed over in
 * the order of production once the step has run to its end, so that a callback never meets a half-done step.
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

  /** What a callback adds comes last. A callback that throws loses nothing that is queued behind it. */
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

/** The same observer, told in its turn. Methods that it does not have stay missing, so that they cost nothing. */
export function queued(observer: Observer, queue: EventQueue): Observer {
  const later: Record<string, (...facts: unknown[]) => void> = {};
  for (const event of observerEvents) {
    const tell = observer[event] as ((...facts: unknown[]) => void) | undefined;
    if (tell !== undefined) later[event] = (...facts) => queue.add(() => tell.apply(observer, facts));
  }
  return later as Observer;
}
