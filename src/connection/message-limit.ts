/** The maximum body length that the reference accepts for a handshake message, in bytes. A longer one is never buffered. */
export function messageLimit(type: number): number {
  return limits.get(type) ?? 16384;
}

const limits = new Map([
  [1, 131396],
  [5, 0],
  [11, 102400],
  [16, 2048],
  [20, 64],
  [24, 1],
  [25, 102400],
  [67, 514],
]);
