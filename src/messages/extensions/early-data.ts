import { u32 } from '../../bytes/wire.ts';
import { empty, extension } from './extension.ts';

/** RFC 8446 section 4.2.10. A ticket says how many bytes may be sent. */
export const earlyData = extension({
  code: 42,
  name: 'early_data',
  in: { clientHello: empty, encryptedExtensions: empty, newSessionTicket: u32 },
});
