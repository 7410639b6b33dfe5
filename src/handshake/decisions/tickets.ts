import type { Settings } from '../flow/settings.ts';
import type { Telling } from '../flow/telling.ts';
import { allowsCompression, allowsTickets } from '../policy/security-level.ts';
import { told } from './asking.ts';

interface Questions {
  readonly tell: Pick<Telling, 'decision'>;
  readonly settings: Pick<Settings, 'securityLevel' | 'tickets' | 'compression'>;
}

/** Whether tickets may be used, which the reference's line does not name. */
export function tellTickets(asking: Questions): void {
  if (asking.settings.tickets) told(asking, { what: '', allowed: allowsTickets(asking.settings.securityLevel) });
}

/** The same of compression, where it is asked for. */
export function tellCompression(asking: Questions): void {
  const { compression, securityLevel } = asking.settings;
  if (compression === true) told(asking, { what: '', allowed: allowsCompression(securityLevel) });
}
