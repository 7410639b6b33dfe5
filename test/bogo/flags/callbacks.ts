/** A value now, or later with `-async`: every callback of the engine then answers "not yet" first. */
export function perhapsLater<T>({ stepwise }: { readonly stepwise: boolean }, value: () => T): T | Promise<T> {
  return stepwise ? Promise.resolve().then(value) : value();
}
