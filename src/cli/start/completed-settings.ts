import type { Settings } from '../../handshake/flow/settings.ts';
import type { Credential } from '../../x509/files/credential.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import { withIssuers } from '../credentials/identities.ts';

/**
 * The same settings, in which certificates that came without a chain have the one that the store has of them. That is
 * looked up when it is first asked for: a system's store takes longer to read than all else at start.
 */
export function completing(settings: Settings, store: TrustStore): () => Settings {
  let found: Settings | undefined;
  return () => {
    found ??= completed(settings, store);
    return found;
  };
}

/** All that may be shown, that of the name in `-servername` too. */
export function credentialsIn({ credentials, serverName }: Settings): readonly Credential[] {
  return typeof serverName === 'object' ? [...credentials, ...serverName.settings.credentials] : credentials;
}

function completed(settings: Settings, store: TrustStore): Settings {
  const { credentials, serverName } = settings;
  return {
    ...settings,
    credentials: credentials.map((it) => withIssuers(it, store)),
    ...(typeof serverName === 'object' && {
      serverName: { ...serverName, settings: completed(serverName.settings, store) },
    }),
  };
}
