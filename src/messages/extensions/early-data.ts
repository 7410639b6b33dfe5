import { u32 } from '../../bytes/wire.ts';
import { empty, extension } from './extension.ts';

/** RFC 8446 section 4.2.10. In a ticket it limits the bytes of early data. */
export const earlyData = extension({
  code: 42,
  name: 'early_data',
  in: { clientHello: empty, encryptedExtensions: empty, newSessionTicket: u32 },
});
