import { knownProvider } from '../providers/providers.ts';
import type { ServerRow } from './row.ts';

/** The providers of algorithms. */
export const provider = [
  {
    name: 'provider-path',
    takes: 'string',
    help: "Provider load path (must be before 'provider' argument if required)",
    effect: 'module directory for later -provider',
    default: 'built in',
    conflicts: 'must precede -provider',
    since: '3.0',
    completes: 'folder',
  },
  {
    name: 'provider',
    takes: 'string',
    help: 'Provider to load (can be specified multiple times)',
    effect: 'load provider, repeatable',
    default: 'default',
    conflicts: '"s_server: unable to load provider X" and a hint, exit 1',
    since: '3.0',
    check: knownProvider,
  },
  {
    name: 'propquery',
    takes: 'string',
    help: 'Property query used when fetching algorithms',
    effect: 'property query',
    conflicts: 'no match: key loading fails, exit 1',
    since: '3.0',
  },
] as const satisfies readonly ServerRow[];
