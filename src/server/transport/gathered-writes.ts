/** Maximum bytes of a record. */
const most = 16384;

/** gathered joins neighbouring chunks that fit into one record: a record costs more than the copy. */
export function gathered(chunks: readonly Uint8Array[]): Uint8Array[] {
  const joined: Uint8Array[] = [];
  let run: Uint8Array[] = [];
  let length = 0;
  const close = () => {
    const [only, ...others] = run;
    if (only !== undefined) joined.push(others.length === 0 ? only : Buffer.concat(run));
    run = [];
    length = 0;
  };
  for (const chunk of chunks) {
    if (length + chunk.length > most) close();
    run.push(chunk);
    length += chunk.length;
  }
  close();
  return joined;
}
