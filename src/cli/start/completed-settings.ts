import type { Settings } from '../../handshake/flow/settings.ts';
import type { Credential } from '../../x509/files/credential.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import { withIssuers } from '../credentials/identities.ts';

/**
 * completing adds to certificates without a chain the issuers in the store. The look-up waits for the first call:
 * reading a system's store takes longer than the rest of the start.
 */
export function completing(settings: Settings, store: TrustStore): () => Settings {
  let found: Settings | undefined;
  return () => {
    found ??= completed(settings, store);
    return found;
  };
}

/** credentialsIn returns all credentials, those of `-servername`'s context too. */
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
