import { decode, encode, named, opaque, struct, u16, type ValueOf, type Wire } from '../../bytes/wire.ts';
import { extensionTraceName } from '../../names/extensions.ts';
import { laterExtensionName } from '../../names/later-names.ts';

export const ExtensionType = named(u16, extensionTraceName, laterExtensionName);

/** An extension in a message (RFC 8446 section 4.2); the body is a view on the message. */
export const Extension = struct({ type: ExtensionType, body: opaque(0, 65535) });
export type Extension = ValueOf<typeof Extension>;

/** The messages that an extension can be in. `serverHello` is that of every version. */
export type Place =
  | 'clientHello'
  | 'serverHello'
  | 'helloRetryRequest'
  | 'encryptedExtensions'
  | 'certificate'
  | 'certificateRequest'
  | 'newSessionTicket';

export type Forms = { readonly [P in Place]?: Wire<unknown> };

/** An extension: its code point, the name of its standard, and its form in each message that may carry it. */
export interface ExtensionKind<F extends Forms = Forms> {
  readonly code: number;
  readonly name: string;
  readonly in: F;
}

/** The decoded body of an extension in a place. */
export type ExtensionValue<K extends ExtensionKind, P extends keyof K['in']> = ValueOf<K['in'][P]>;

export function extension<const F extends Forms>(definition: {
  readonly code: number;
  readonly name: string;
  readonly in: F;
}): ExtensionKind<F> {
  return definition;
}

/** @throws {Malformed} also when bytes are left over. */
export function decodeExtension<F extends Forms, P extends keyof F & Place>(
  kind: ExtensionKind<F>,
  place: P,
  body: Uint8Array,
): ValueOf<F[P]> {
  return decode(formIn(kind, place), body);
}

export function encodeExtension<F extends Forms, P extends keyof F & Place>(
  kind: ExtensionKind<F>,
  place: P,
  value: ValueOf<F[P]>,
): Extension {
  return { type: kind.code, body: encode(formIn(kind, place), value) };
}

/** Decodes the first extension of that kind in a list; undefined when there is none. @throws {Malformed} */
export function findExtension<F extends Forms, P extends keyof F & Place>(
  kind: ExtensionKind<F>,
  place: P,
  extensions: readonly Extension[],
): ValueOf<F[P]> | undefined {
  const found = extensions.find(({ type }) => type === kind.code);
  return found && decodeExtension(kind, place, found.body);
}

/** The form of an extension without contents. */
export const empty = struct({});

function formIn<F extends Forms, P extends keyof F & Place>(kind: ExtensionKind<F>, place: P): Wire<ValueOf<F[P]>> {
  return kind.in[place] as Wire<ValueOf<F[P]>>;
}
