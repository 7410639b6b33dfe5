import { readFileSync } from 'node:fs';

/**
 * servicePort returns the port of `-accept`: a number, of which the C library keeps the lower 16 bits, or a service
 * name. Undefined for an unknown name.
 */
export function servicePort(word: string): number | undefined {
  if (/^\s*[+-]?\d+$/.test(word)) return Number(BigInt.asUintN(16, BigInt(word.trim().replace(/^\+/, ''))));
  return wellKnown.get(word) ?? listedPort(word);
}

/** Services that people test with, for systems without a list. */
const wellKnown = new Map([
  ['https', 443],
  ['http', 80],
  ['smtp', 25],
  ['submissions', 465],
  ['imaps', 993],
  ['pop3s', 995],
  ['ldaps', 636],
  ['ftps', 990],
]);

function listedPort(word: string): number | undefined {
  for (const line of services().split('\n')) {
    const [name, port, ...aliases] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/);
    const match = /^(\d+)\/tcp$/.exec(port ?? '');
    if (match !== null && (name === word || aliases.includes(word))) return Number(match[1]);
  }
  return undefined;
}

function services(): string {
  try {
    return readFileSync('/etc/services', 'utf8');
  } catch {
    return '';
  }
}
