/** LaunchReader reads the arguments that a launcher passes on: their number, then each of them, all ended by NUL. */
export class LaunchReader {
  private rest = '';
  private readonly items: string[] = [];

  /** Returns the arguments once they are complete, their bytes each as one character. */
  push(chunk: Uint8Array): readonly string[] | undefined {
    const parts = (this.rest + Buffer.from(chunk).toString('latin1')).split('\0');
    this.rest = parts.pop() ?? '';
    this.items.push(...parts);
    const [count, ...words] = this.items;
    return count !== undefined && words.length >= Number(count) ? words : undefined;
  }
}
