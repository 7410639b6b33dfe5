/** CaptureOutput is the target of a capture. A full disk, or a reader that has gone, never ends a conversation. */
export interface CaptureOutput {
  /** Writes whole blocks with so many packets in them, completely or not at all. */
  write(blocks: Uint8Array, packets: number): void;
  /** Resolves when everything is written, or given up, and the losses have been reported. */
  close(): Promise<void>;
}
