import type { Settings } from '../flow/settings.ts';
import type { Telling } from '../flow/telling.ts';
import { allowsCompression, allowsTickets } from '../policy/security-level.ts';
import { told } from './asking.ts';

interface Questions {
  readonly tell: Pick<Telling, 'decision'>;
  readonly settings: Pick<Settings, 'securityLevel' | 'tickets' | 'compression'>;
}

/** Reports the check for tickets, which the reference's line does not name. */
export function tellTickets(asking: Questions): void {
  if (asking.settings.tickets) told(asking, { what: '', allowed: allowsTickets(asking.settings.securityLevel) });
}

/** The same for compression, if it is enabled. */
export function tellCompression(asking: Questions): void {
  const { compression, securityLevel } = asking.settings;
  if (compression === true) told(asking, { what: '', allowed: allowsCompression(securityLevel) });
}
