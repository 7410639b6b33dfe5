import { isDtls } from '../../names/versions.ts';
import type { Given } from '../arguments/given.ts';
import { optionNamed } from '../options/index.ts';

/** The one version that is spoken, or all of datagrams; undefined where no flag asks for that. Of such flags only one may be given. */
export function protocolFlag(given: readonly Given[]): number | 'datagrams' | undefined {
  return given.map(({ name }) => optionNamed(name)?.only).find((only) => only !== undefined);
}

/** One of the flags makes the sockets datagram sockets. */
export function overDatagrams(given: readonly Given[]): boolean {
  const flag = protocolFlag(given);
  return flag === 'datagrams' || (flag !== undefined && isDtls(flag));
}
