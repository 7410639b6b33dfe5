import { named, u8, vector } from '../../bytes/wire.ts';
import { isGreasePskMode } from '../../names/grease.ts';
import { extension } from './extension.ts';

export const PskKeyExchangeMode = { pskKe: 0, pskDheKe: 1 } as const;

/** RFC 8446 section 4.2.9 */
export const pskKeyExchangeModes = extension({
  code: 45,
  name: 'psk_key_exchange_modes',
  in: { clientHello: vector(named(u8, modeName, greaseName), 1, 255) },
});

function modeName(code: number): string | undefined {
  if (code === PskKeyExchangeMode.pskKe) return 'psk_ke';
  if (code === PskKeyExchangeMode.pskDheKe) return 'psk_dhe_ke';
  return undefined;
}

function greaseName(code: number): string | undefined {
  return isGreasePskMode(code) ? 'GREASE' : undefined;
}
