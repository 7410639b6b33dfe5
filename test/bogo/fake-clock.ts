/** FakeClock is the time of a run, which only the runner lets pass. */
export class FakeClock {
  /** Milliseconds; the runner presupposes that the clock does not begin at zero. */
  private time = 1_234_000;

  readonly now = (): number => this.time;

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}
