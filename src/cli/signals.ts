/**
 * Has the signals end the process that end the reference: Node opens its inspector at the first of them, and ignores the
 * second. The status is that of a process without a handler.
 */
export function endBySignals(): void {
  for (const signal of ['SIGUSR1', 'SIGXFSZ'] as const) {
    // The default action is there again once nobody listens.
    process.once(signal, () => process.kill(process.pid, signal));
  }
}
