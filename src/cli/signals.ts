/**
 * endBySignals lets two signals end the process, as they end the reference: Node opens its inspector at the first, and
 * ignores the second. The status is that of a process without a handler.
 */
export function endBySignals(): void {
  for (const signal of ['SIGUSR1', 'SIGXFSZ'] as const) {
    // The default action is back once no listener is left.
    process.once(signal, () => process.kill(process.pid, signal));
  }
}
