/** CaptureLosses counts the packets missing in a capture, and reports the first loss and the total. */
export class CaptureLosses {
  private readonly name: string;
  private readonly tell: (line: string) => void;
  private packets = 0;
  private told = false;

  /** @param tell gets complete lines */
  constructor(name: string, tell: (line: string) => void) {
    this.name = name;
    this.tell = tell;
  }

  lost(packets: number, why: string): void {
    this.packets += packets;
    if (this.told) return;
    this.told = true;
    this.tell(`s_server: capture ${this.name}: ${why}; packets are missing from here on\n`);
  }

  summarize(): void {
    if (this.packets > 0) this.tell(`s_server: capture ${this.name}: ${this.packets} packets are missing\n`);
  }
}
