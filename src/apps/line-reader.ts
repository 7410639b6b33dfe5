/**
 * LineReader splits a stream into lines. A line keeps its line feed; one longer than 16382 bytes comes in pieces, as
 * from the reference's buffer.
 */
export class LineReader {
  private rest: Uint8Array = new Uint8Array(0);

  /** push yields the lines that these bytes complete. */
  *push(bytes: Uint8Array): Generator<Uint8Array> {
    let unread = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    this.rest = new Uint8Array(0);
    while (unread.length > 0) {
      const feed = unread.indexOf(lineFeed);
      const length = Math.min(feed < 0 ? unread.length : feed + 1, longestLine);
      if (feed < 0 && length < longestLine) break;
      yield unread.subarray(0, length);
      unread = unread.subarray(length);
    }
    this.rest = Uint8Array.from(unread);
  }

  /** end returns the rest of the stream after the last line feed; may be empty. */
  end(): Uint8Array {
    const { rest } = this;
    this.rest = new Uint8Array(0);
    return rest;
  }
}

const lineFeed = 0x0a;
const longestLine = 16382;
