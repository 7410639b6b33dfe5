/** Where a capture is written. A disk that is full, or a reader that went away, is no reason to end a conversation. */
export interface CaptureOutput {
  /** Takes whole blocks with so many packets in them; all of it is written, or nothing. */
  write(blocks: Uint8Array, packets: number): void;
  /** Resolves when all is written, or given up, and the losses have been told. */
  close(): Promise<void>;
}
