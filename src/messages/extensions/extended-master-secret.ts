import { empty, extension } from './extension.ts';

/** RFC 7627 section 5.1 */
export const extendedMasterSecret = extension({
  code: 23,
  name: 'extended_master_secret',
  in: { clientHello: empty, serverHello: empty },
});
