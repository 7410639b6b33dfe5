/** A value that does not fit its field: a fault of the one who has it written, never of the peer. */
export class TooLong extends RangeError {
  override readonly name = 'TooLong';

  constructor(length: number, { min, max }: { readonly min: number; readonly max: number }) {
    super(`${length} bytes where ${min} to ${max} are allowed`);
  }
}
