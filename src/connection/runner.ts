import type { Handshake, Incoming, Wait } from '../handshake/flow/flow.ts';

/** Continues after the answer of an asynchronous callback; `proceed` may throw. */
export type Settle = (proceed: () => void) => void;

/**
 * Runner runs one coroutine at a time: it delivers messages, awaits its asynchronous callbacks, and passes on its
 * result.
 */
export class Runner {
  private coroutine: Handshake<() => void> | undefined;
  private waiting: Wait | undefined;
  private readonly settle: Settle;

  constructor(settle: Settle) {
    this.settle = settle;
  }

  get busy(): boolean {
    return this.coroutine !== undefined;
  }

  /** The message types that the coroutine accepts now; undefined while it awaits none. */
  get awaited(): readonly number[] | undefined {
    return this.waiting?.for === 'message' ? this.waiting.types : undefined;
  }

  get awaitsAnswer(): boolean {
    return this.waiting?.for === 'answer';
  }

  begin<T>(handshake: Handshake<T>, finished: (result: T) => void): void {
    const coroutine = concluding(handshake, finished);
    this.coroutine = coroutine;
    this.follow(coroutine, () => coroutine.next(undefined));
  }

  deliver(message: Incoming): void {
    const { coroutine } = this;
    if (coroutine === undefined) throw new Error('nobody waits for a message');
    this.follow(coroutine, () => coroutine.next(message));
  }

  stop(): void {
    this.coroutine = undefined;
    this.waiting = undefined;
  }

  private follow(coroutine: Handshake<() => void>, step: () => IteratorResult<Wait, () => void>): void {
    this.waiting = undefined;
    const result = step();
    if (result.done) {
      this.coroutine = undefined;
      result.value();
      return;
    }
    this.waiting = result.value;
    if (result.value.for === 'answer') this.awaitAnswer(coroutine, result.value.promise);
  }

  private awaitAnswer(coroutine: Handshake<() => void>, promise: Promise<unknown>): void {
    const proceed = (step: () => IteratorResult<Wait, () => void>) => {
      if (this.coroutine === coroutine) this.settle(() => this.follow(coroutine, step));
    };
    promise.then(
      (value) => proceed(() => coroutine.next(value)),
      (error) => proceed(() => coroutine.throw(error)),
    );
  }
}

function* concluding<T>(handshake: Handshake<T>, finished: (result: T) => void): Handshake<() => void> {
  const result = yield* handshake;
  return () => finished(result);
}
