import { securityLines } from '../../diagnostics/handshake/security-lines.ts';
import { tellReportedGroups } from '../../handshake/decisions/groups.ts';
import type { SessionInfo } from '../../handshake/flow/session-info.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import type { SecurityDecision } from '../../handshake/flow/telling.ts';
import { settingsForGroups } from '../../handshake/hello/group-choice.ts';
import { Version } from '../../names/versions.ts';
import type { Options } from '../options/index.ts';

/** SecurityWatcher observes security decisions. */
export interface SecurityWatcher {
  decision?(decision: SecurityDecision): void;
}

/** securityWatcher prints for `-security_debug` or `-security_debug_verbose`; without them it does nothing. */
export function securityWatcher(options: Options, to: { err(text: string): void }): SecurityWatcher {
  if (!options.security_debug && !options.security_debug_verbose) return {};
  return securityLines((text) => to.err(text), options.security_debug_verbose ? 'verbose' : 'refused');
}

/** reportGroupDecisions repeats the reference's questions about the groups in its report of a connection. */
export function reportGroupDecisions(
  { options, settings }: { readonly options: Options; readonly settings: Settings },
  info: SessionInfo,
  to: { err(text: string): void },
): void {
  const { supportedGroups } = info;
  if (supportedGroups === undefined || supportedGroups.length === 0) return;
  const used = info.version >= Version['TLSv1.3'] ? settingsForGroups(settings, supportedGroups) : settings;
  tellReportedGroups({ tell: securityWatcher(options, to), settings: used }, info.version, supportedGroups);
}
