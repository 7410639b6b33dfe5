import { Malformed } from '../../bytes/malformed.ts';
import {
  decodeExtension,
  type ExtensionKind,
  type ExtensionValue,
  type Forms,
} from '../../messages/extensions/extension.ts';
import { Problem, type ProblemName } from '../../names/problems.ts';

/** Offer reads an extension of the ClientHello. */
export interface Offer<T> {
  /** @throws {Problem} */
  read(body: Uint8Array): T;
}

interface Reading {
  /** The reference's function, for the error line. */
  readonly where: string;
  /** The problem for a malformed body; `badExtension` by default. */
  readonly malformed?: ProblemName;
}

type WithClientHello = ExtensionKind<Forms & { readonly clientHello: NonNullable<Forms['clientHello']> }>;

/** Reads an extension by its wire description; a malformed body is a Problem. */
export function offer<K extends WithClientHello>(
  kind: K,
  { where, malformed = 'badExtension' }: Reading,
): Offer<ExtensionValue<K, 'clientHello'>> {
  return {
    read(body) {
      try {
        return decodeExtension(kind, 'clientHello', body) as ExtensionValue<K, 'clientHello'>;
      } catch (error) {
        if (error instanceof Malformed) throw new Problem(malformed, where, { bytes: body });
        throw error;
      }
    },
  };
}

/** Checks the value that `from` reads, or extracts a part of it. */
export function refine<T, U>(from: Offer<T>, look: (value: T) => U): Offer<U> {
  return { read: (body) => look(from.read(body)) };
}
