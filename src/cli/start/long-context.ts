import { type AppOptions, announce } from '../../apps/app.ts';
import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import type { WebMode } from '../command-line/web-mode.ts';
import type { Options } from '../options/index.ts';

/** Maximum bytes of a session's context (RFC 5246 leaves it to implementations; this is the reference's). */
export const longestContext = 32;

/**
 * refuseForContext serves with a `-context` that is too long. The reference fails with each client, whose connection it
 * closes; in the modes for one client at a time it then exits.
 */
export async function refuseForContext(
  { web, options }: { readonly web: WebMode | undefined; readonly options: Options },
  app: AppOptions,
): Promise<void> {
  const { listener, outputs, acceptCount = 0 } = app;
  const endsAfter = web === undefined && !options.rev ? 1 : acceptCount;
  announce(app);
  await new Promise<void>((resolve) => {
    let refused = 0;
    listener.accept((transport) => {
      transport.on('error', () => undefined);
      transport.destroy();
      if (options.rev) outputs.err(errorLines([contextTooLong]));
      if (++refused !== endsAfter) return;
      listener.close();
      resolve();
    });
  });
  if (web === undefined && !options.rev) {
    outputs.err('Error setting session id context\n');
    outputs.out('shutting down SSL\nCONNECTION CLOSED\n');
  }
  outputs.out(app.statistics());
}

const contextTooLong = {
  library: 20,
  reason: 273,
  text: 'ssl session id context too long',
  function: 'SSL_set_session_id_context',
};
