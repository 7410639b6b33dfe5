/** CaptureLosses counts the packets missing in a capture, and reports the first loss and the total. */
export class CaptureLosses {
  private readonly name: string;
  private readonly print: (line: string) => void;
  /** Packets that are missing so far. */
  packets = 0;
  /** Undefined: none is. */
  why: string | undefined;

  /** @param print gets complete lines */
  constructor(name: string, print: (line: string) => void) {
    this.name = name;
    this.print = print;
  }

  lost(packets: number, why: string): void {
    this.packets += packets;
    if (this.why !== undefined) return;
    this.why = why;
    this.print(`s_server: capture ${this.name}: ${why}; packets are missing from here on\n`);
  }

  summarize(): void {
    if (this.packets > 0) this.print(`s_server: capture ${this.name}: ${this.packets} packets are missing\n`);
  }
}
