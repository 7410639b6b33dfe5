import { escaped } from '../../bytes/escaped.ts';
import type { Result } from './result.ts';

/** tapReport is a stream of the Test Anything Protocol, version 14: a test point a result. */
export function tapReport(results: readonly Result[]): string {
  return ['TAP version 14\n', `1..${results.length}\n`, ...results.map(testPoint)].join('');
}

function testPoint({ name, outcome, message, details, milliseconds }: Result, index: number): string {
  const line = `${outcome === 'bad' ? 'not ok' : 'ok'} ${index + 1} - ${description(name)}`;
  if (outcome === 'skipped') return `${line} # SKIP ${escaped(message)}\n`;
  const diagnostics = { duration_ms: milliseconds, ...(outcome === 'bad' && { message, details }) };
  const lines = Object.entries(diagnostics).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
  return `${line}\n  ---\n${lines.join('')}  ...\n`;
}

/** In a description `#` begins a directive, and a backslash takes its meaning from what follows. */
function description(name: string): string {
  return escaped(name.replace(/[\\#]/g, '\\$&'));
}
