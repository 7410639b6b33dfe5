import type { Settings } from '../handshake/flow/settings.ts';
import { createSecureContext } from './create-secure-context.ts';
import { SecureContext, type SecureContextOptions } from './secure-context.ts';
import type { SniCallback } from './server-options.ts';
import { TlsError } from './sockets/tls-error.ts';

interface Made {
  readonly own: Settings;
  readonly settings: Settings;
}

/** ServerContexts holds the contexts of a server by name and derives the settings for each. */
export class ServerContexts {
  private readonly named: { readonly pattern: RegExp; readonly context: SecureContext }[] = [];
  private readonly callback: SniCallback | undefined;
  private readonly made = new WeakMap<SecureContext, Made>();

  constructor(callback: SniCallback | undefined) {
    this.callback = callback;
  }

  /** add registers a context for a name, in which `*` stands for one label or a part of it. The newest match counts. */
  add(name: string, options: SecureContext | SecureContextOptions): void {
    const context = options instanceof SecureContext ? options : createSecureContext(options);
    const pattern = name.replace(/[^\w*]/g, '\\$&').replaceAll('*', '[^.]*');
    this.named.unshift({ pattern: new RegExp(`^${pattern}$`, 'i'), context });
  }

  /** lookUp returns the settings for a server name; undefined where they are the server's own. */
  lookUp(name: string, own: Settings): Settings | undefined | Promise<Settings | undefined> {
    if (this.callback !== undefined) return this.ask(this.callback, name, own);
    const found = this.named.find(({ pattern }) => pattern.test(name));
    return found && this.settingsOf(found.context, own);
  }

  private ask(callback: SniCallback, name: string, own: Settings): Promise<Settings | undefined> {
    return new Promise((resolve, reject) => {
      callback(name, (error, context) => {
        if (error) reject(error);
        else if (context === undefined || context === null) resolve(undefined);
        else if (context instanceof SecureContext) resolve(this.settingsOf(context, own));
        else
          reject(new TlsError('ERR_SERVERHELLO_INVALID_OPTION', 'SNICallback: not a context of createSecureContext'));
      });
    });
  }

  /**
   * settingsOf takes only the certificates, ours and the trusted ones, from the context: everything else counts before
   * a name is known. The result is cached, because the handshake caches by its settings.
   */
  private settingsOf(context: SecureContext, own: Settings): Settings {
    const made = this.made.get(context);
    if (made?.own === own) return made.settings;
    const { credentials, clientAuthentication: trusted } = context.settings;
    const { mode, goesOn } = own.clientAuthentication ?? {};
    const settings = {
      ...own,
      credentials,
      ...(trusted && mode && { clientAuthentication: { ...trusted, mode, ...(goesOn && { goesOn }) } }),
    };
    this.made.set(context, { own, settings });
    return settings;
  }
}
