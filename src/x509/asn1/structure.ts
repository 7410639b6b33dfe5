import { elementAt, elementsOf, Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';

/** Field is one element with its encoding; byte fields are views. */
export interface Field {
  readonly tag: number;
  readonly body: Uint8Array;
  readonly encoding: Uint8Array;
}

/**
 * Structure reads the fields of a structure in order; each byte is read once per level of nesting. The input is
 * untrusted: BER (X.690 section 8) is read as OpenSSL reads it.
 */
export class Structure {
  private readonly bytes: Uint8Array;
  private at = 0;

  /** `bytes`: the contents, without tag and length. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get isEmpty(): boolean {
    return this.at === this.bytes.length;
  }

  /** @throws {Malformed} at the end, and for another tag */
  take(name: string, ...tags: readonly number[]): Field {
    const field = this.peek(name);
    if (tags.length > 0 && !tags.includes(field.tag)) throw new Malformed(`tag ${field.tag} not expected`, [name]);
    this.at += field.encoding.length;
    return field;
  }

  /** takeIf returns undefined for another tag and at the end. @throws {Malformed} */
  takeIf(name: string, tag: number): Field | undefined {
    return !this.isEmpty && this.peek(name).tag === tag ? this.take(name) : undefined;
  }

  /** flag reads a BOOLEAN DEFAULT FALSE. @throws {Malformed} for a length other than one byte */
  flag(name: string, tag: number = Tag.boolean): boolean {
    const field = this.takeIf(name, tag);
    if (field === undefined) return false;
    if (field.body.length !== 1) throw new Malformed('not of one byte', [name]);
    return field.body[0] !== 0;
  }

  /** nextIs reports if the next field has one of the tags; false at the end. @throws {Malformed} */
  nextIs(...tags: readonly number[]): boolean {
    return !this.isEmpty && tags.includes(this.peek('next').tag);
  }

  /** The contents of a SEQUENCE. @throws {Malformed} */
  sequence(name: string): Structure {
    return new Structure(this.take(name, Tag.sequence).body);
  }

  /** @throws {Malformed} for trailing fields */
  end(name: string): void {
    if (!this.isEmpty) throw new Malformed(`${this.bytes.length - this.at} bytes too many`, [name]);
  }

  private peek(name: string): Field {
    try {
      const { tag, body, end } = elementAt(this.bytes, this.at);
      const encoding = this.bytes.subarray(this.at, end);
      return isInPieces(tag) ? { tag: tag & ~constructed, body: joined(body), encoding } : { tag, body, encoding };
    } catch (error) {
      throw error instanceof Malformed ? error.inside(name) : error;
    }
  }
}

const constructed = 0x20;

/** A constructed universal type other than SEQUENCE and SET is a string in segments. */
function isInPieces(tag: number): boolean {
  return (tag & 0xe0) === constructed && tag !== Tag.sequence && tag !== Tag.set;
}

/** joined concatenates the segments of a constructed string. @throws {Malformed} */
function joined(body: Uint8Array, level = 0): Uint8Array {
  if (level > mostLevels) throw new Malformed('too deep');
  return Buffer.concat(
    elementsOf(body).map((it) => ((it.tag & constructed) === 0 ? it.body : joined(it.body, level + 1))),
  );
}

/** OpenSSL's limit for nested segments. */
const mostLevels = 5;
