import { empty, extension } from './extension.ts';

/** RFC 7366 */
export const encryptThenMac = extension({
  code: 22,
  name: 'encrypt_then_mac',
  in: { clientHello: empty, serverHello: empty },
});
