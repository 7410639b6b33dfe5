import type { Settings } from '../handshake/flow/settings.ts';
import { createSecureContext } from './create-secure-context.ts';
import { SecureContext, type SecureContextOptions } from './secure-context.ts';
import type { SniCallback } from './server-options.ts';
import { TlsError } from './sockets/tls-error.ts';

interface Made {
  readonly own: Settings;
  readonly settings: Settings;
}

/** The contexts of a server by the names that clients ask for, and what they make of its settings. */
export class ServerContexts {
  private readonly named: { readonly pattern: RegExp; readonly context: SecureContext }[] = [];
  private readonly callback: SniCallback | undefined;
  private readonly made = new WeakMap<SecureContext, Made>();

  constructor(callback: SniCallback | undefined) {
    this.callback = callback;
  }

  /** `*` stands for one label or a part of it. The newest context that fits counts. */
  add(name: string, options: SecureContext | SecureContextOptions): void {
    const context = options instanceof SecureContext ? options : createSecureContext(options);
    const pattern = name.replace(/[^\w*]/g, '\\$&').replaceAll('*', '[^.]*');
    this.named.unshift({ pattern: new RegExp(`^${pattern}$`, 'i'), context });
  }

  /** The settings for those who ask for this name; undefined where they are the server's own. */
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
   * Only the certificates are those of the context, ours and those that are trusted: all else counts before a name is
   * known. Made once, because the
   * handshake remembers by its settings what follows from them.
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
