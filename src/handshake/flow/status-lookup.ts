import type { ErrorLine } from '../../names/problems.ts';
import type { Fetched } from './fetched.ts';

/** A client's question about the status of our certificate (RFC 6066 section 8, RFC 8446 section 4.4.2.1). */
export interface StatusQuestion {
  /** DER, our own certificate first. */
  readonly chain: readonly Uint8Array[];
  /** DER of the Extensions that the client wants in the request to the responder; empty for none. */
  readonly requestExtensions: Uint8Array;
  /** The place of responses: with every certificate of the chain, or up to TLS 1.2 with the first alone. */
  readonly room: 'chain' | 'leaf';
  /** The application's object of the connection, as `Surroundings` has it. */
  readonly connection: object | undefined;
  /** Fires when the client disconnects, which makes the answer useless. */
  readonly left: AbortSignal | undefined;
  tell(step: StatusStep): void;
  fetched(fetched: Fetched): void;
}

/** DER of the response for each certificate of the chain, in its order, or undefined; `fatal` ends the handshake. */
export type StatusAnswer = Responses | 'fatal';
export type Responses = readonly (Uint8Array | undefined)[];

/** Called in every full handshake with a client that requests the status. A promise must settle within bounded time. */
export type StatusLookup = (question: StatusQuestion) => StatusAnswer | Promise<StatusAnswer>;

/** The events of a lookup, in their order. */
export type StatusStep =
  | { readonly what: 'asked' | 'noResponder' | 'noIssuer' }
  | { readonly what: 'unusableUrl'; readonly lines: readonly ErrorLine[] }
  | { readonly what: 'responder'; readonly url: string }
  | { readonly what: 'queryFailed'; readonly lines: readonly ErrorLine[] }
  | {
      readonly what: 'cannotOpen';
      readonly file: string;
      readonly reason: string;
      readonly lines: readonly ErrorLine[];
    }
  | { readonly what: 'cannotRead'; readonly file: string; readonly lines: readonly ErrorLine[] }
  /** `ofChain`: the responses of the whole chain were requested. */
  | { readonly what: 'found'; readonly responses: Responses; readonly ofChain: boolean };
