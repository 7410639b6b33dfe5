import type { Fact } from '../facts/fact.ts';
import { FactStream } from '../facts/fact-stream.ts';
import type { Settings } from '../handshake/flow/settings.ts';
import { TicketKeys } from '../sessions/ticket-keys.ts';
import { clientHellosFrom } from './client-hellos.ts';
import { OfferedSessions } from './offered-sessions.ts';
import { alpnFrom } from './options/alpn.ts';
import { clientAuthenticationFrom, type RequestOptions } from './options/client-certificates.ts';
import { preSharedKeysFrom } from './options/pre-shared-keys.ts';
import type { SecureContext, SecureContextOptions } from './secure-context.ts';
import { ServerContexts } from './server-contexts.ts';
import type { ServerOptions } from './server-options.ts';
import type { ServerQuestions } from './server-questions.ts';
import { optionError, TlsError } from './sockets/tls-error.ts';

/** Options that a server adds to its context, over streams and over datagrams. */
export type ServedOptions = RequestOptions &
  Pick<
    ServerOptions,
    | 'ALPNProtocols'
    | 'ALPNCallback'
    | 'SNICallback'
    | 'clientHelloCallback'
    | 'certificateCallback'
    | 'pskCallback'
    | 'pskIdentityHint'
    | 'handshakeTimeout'
    | 'idleTimeout'
    | 'goodbyeTimeout'
    | 'goodbyeSilence'
    | 'observer'
    | 'facts'
    | 'capture'
    | 'captureSecrets'
  >;

/**
 * ServerSettings holds the settings of a library server: its context, other contexts by name, and the application's
 * callbacks.
 */
export class ServerSettings {
  private readonly options: ServedOptions;
  private readonly questions: ServerQuestions;
  private readonly contexts: ServerContexts;
  private settings: Settings;

  /** @throws {TlsError} */
  constructor(options: ServedOptions, questions: ServerQuestions, ofContext: Settings) {
    this.options = options;
    this.questions = questions;
    this.contexts = new ServerContexts(options.SNICallback);
    this.settings = this.completed(ofContext);
  }

  /** Settings of the next connection. */
  get current(): Settings {
    return this.settings;
  }

  /** use replaces the context for new connections; existing ones keep theirs. */
  use(ofContext: Settings): void {
    this.settings = this.completed(ofContext);
  }

  /** facts makes the stream for the facts of the connections. */
  facts(emit: (fact: Fact) => void): FactStream {
    const { facts } = this.options;
    const goesOn = (error: number, depth: number) =>
      this.settings.clientAuthentication?.goesOn?.(error, depth) === true;
    return new FactStream({ emit, goesOn, ...(facts && { with: facts }) });
  }

  add(name: string, context: SecureContext | SecureContextOptions): void {
    this.contexts.add(name, context);
  }

  /** @throws {TlsError} */
  get ticketKeys(): Buffer {
    return Buffer.from(this.ownTicketKeys.bytes);
  }

  /** @throws {TlsError} */
  useTicketKeys(keys: Uint8Array): void {
    try {
      this.ownTicketKeys.use(keys);
    } catch (error) {
      throw optionError('ticketKeys', error);
    }
  }

  private get ownTicketKeys(): TicketKeys {
    const { ticketKeys } = this.settings;
    if (ticketKeys instanceof TicketKeys) return ticketKeys;
    throw new TlsError(
      'ERR_SERVERHELLO_NOT_AVAILABLE',
      'there are no ticket keys: the option ticketProtection replaces them',
    );
  }

  private completed(settings: Settings): Settings {
    const { contexts } = this;
    const options = this.options;
    const questions = this.questions;
    const own: Settings = {
      ...settings,
      ...alpnFrom(options),
      ...preSharedKeysFrom(options),
      ...clientHellosFrom(options, settings.datagrams ? 'datagrams' : 'streams'),
      ...(settings.clientAuthentication && {
        clientAuthentication: clientAuthenticationFrom(settings.clientAuthentication, options),
      }),
      ocsp: (question) => questions.askForStatus(question),
      sessions: new OfferedSessions(settings.sessions, {
        kept: (id, session) => questions.offerSession(id, session),
        found: (id) => questions.askForSession(id),
      }),
    };
    return { ...own, serverName: (name) => contexts.lookUp(name, own) };
  }
}
