import { Malformed } from '../../bytes/malformed.ts';
import {
  decodeExtension,
  type ExtensionKind,
  type ExtensionValue,
  type Forms,
} from '../../messages/extensions/extension.ts';
import { Problem, type ProblemName } from '../../names/problems.ts';

/** How the server reads an extension of the ClientHello. */
export interface Offer<T> {
  /** @throws {Problem} */
  read(body: Uint8Array): T;
}

interface Reading {
  /** The reference's function, for the error line. */
  readonly where: string;
  /** What a malformed body is called; `badExtension` unless given. */
  readonly malformed?: ProblemName;
}

type WithClientHello = ExtensionKind<Forms & { readonly clientHello: NonNullable<Forms['clientHello']> }>;

/** Reads an extension by its wire description; what is malformed there is a Problem here. */
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

/** Looks closer at what `from` reads, or takes a part of it. */
export function refine<T, U>(from: Offer<T>, look: (value: T) => U): Offer<U> {
  return { read: (body) => look(from.read(body)) };
}
