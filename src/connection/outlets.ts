import type { SessionInfo } from '../handshake/flow/session-info.ts';
import type { Problem } from '../names/problems.ts';
import type { Doors, Path } from './engine.ts';
import type { EventQueue } from './event-queue.ts';
import type { ProtocolEvents } from './protocol.ts';

/**
 * Outlets queues the outputs of the protocol for the doors of its engine. A class, as methods take no memory of each
 * connection and closures do.
 */
export class Outlets implements ProtocolEvents {
  /** True while the transport has no room. */
  peerFull = false;
  /** True while the application has no room. */
  applicationFull = false;
  private readonly queue: EventQueue;
  private readonly doors: Doors;
  private readonly closes: () => void;

  /** `closes` is called at once when the peer has closed. */
  constructor(queue: EventQueue, doors: Doors, closes: () => void) {
    this.queue = queue;
    this.doors = doors;
    this.closes = closes;
  }

  toPeer(parts: readonly Uint8Array[]): void {
    this.queue.add(() => {
      if (!this.doors.toPeer(parts)) this.peerFull = true;
    });
  }

  follow(path: Path): void {
    this.queue.add(() => this.doors.follow?.(path));
  }

  plaintext(content: Uint8Array): void {
    this.queue.add(() => {
      if (!this.doors.toApplication(content)) this.applicationFull = true;
    });
  }

  earlyData(content: Uint8Array): void {
    this.queue.add(() => this.doors.earlyData(content));
  }

  established(info: SessionInfo): void {
    this.queue.add(() => this.doors.established(info));
  }

  idle(): void {
    this.queue.add(() => this.doors.idle());
  }

  closed(): void {
    this.closes();
    this.queue.add(() => this.doors.ended({ how: 'closed' }));
  }

  truncated(problem: Problem): void {
    this.queue.add(() => this.doors.ended({ how: 'truncated', problem }));
  }
}
