import { isDtls } from '../../names/versions.ts';
import type { Given } from '../arguments/given.ts';
import { optionNamed } from '../options/index.ts';

/** protocolFlag returns the only version, or all of datagrams; undefined without a flag. The parser allows only one. */
export function protocolFlag(given: readonly Given[]): number | 'datagrams' | undefined {
  return given.map(({ name }) => optionNamed(name)?.only).find((only) => only !== undefined);
}

/** overDatagrams reports whether a flag asks for datagram sockets. */
export function overDatagrams(given: readonly Given[]): boolean {
  const flag = protocolFlag(given);
  return flag === 'datagrams' || (flag !== undefined && isDtls(flag));
}
