import { elementAt, elementsOf, Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';

/** One element with the bytes that encode it. All are views. */
export interface Field {
  readonly tag: number;
  readonly body: Uint8Array;
  readonly encoding: Uint8Array;
}

/**
 * Takes the fields of a structure in order; each byte is looked at once per level of nesting. Nothing is assumed about
 * who wrote it: where it is not DER but BER (X.690 section 8), it is read as OpenSSL reads it.
 */
export class Structure {
  private readonly bytes: Uint8Array;
  private at = 0;

  /** `bytes`: what is inside, without tag and length. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get isEmpty(): boolean {
    return this.at === this.bytes.length;
  }

  /** @throws {Malformed} where nothing is left, or something with another tag */
  take(name: string, ...tags: readonly number[]): Field {
    const field = this.peek(name);
    if (tags.length > 0 && !tags.includes(field.tag)) throw new Malformed(`tag ${field.tag} not expected`, [name]);
    this.at += field.encoding.length;
    return field;
  }

  /** Undefined where the next field has another tag, or there is none. @throws {Malformed} */
  takeIf(name: string, tag: number): Field | undefined {
    return !this.isEmpty && this.peek(name).tag === tag ? this.take(name) : undefined;
  }

  /** A BOOLEAN that is false where it is absent. @throws {Malformed} for one that is not of one byte */
  flag(name: string, tag: number = Tag.boolean): boolean {
    const field = this.takeIf(name, tag);
    if (field === undefined) return false;
    if (field.body.length !== 1) throw new Malformed('not of one byte', [name]);
    return field.body[0] !== 0;
  }

  /** Whether there is a next field and it has one of the tags. @throws {Malformed} */
  nextIs(...tags: readonly number[]): boolean {
    return !this.isEmpty && tags.includes(this.peek('next').tag);
  }

  /** The inside of a SEQUENCE. @throws {Malformed} */
  sequence(name: string): Structure {
    return new Structure(this.take(name, Tag.sequence).body);
  }

  /** @throws {Malformed} where fields are left over */
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

/** A universal type that is constructed and neither SEQUENCE nor SET: a string. */
function isInPieces(tag: number): boolean {
  return (tag & 0xe0) === constructed && tag !== Tag.sequence && tag !== Tag.set;
}

/** What the pieces of a string hold, one behind the other. @throws {Malformed} */
function joined(body: Uint8Array, level = 0): Uint8Array {
  if (level > mostLevels) throw new Malformed('too deep');
  return Buffer.concat(
    elementsOf(body).map((it) => ((it.tag & constructed) === 0 ? it.body : joined(it.body, level + 1))),
  );
}

/** As deep as OpenSSL goes. */
const mostLevels = 5;
