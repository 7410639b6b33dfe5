import { u16 } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

/** RFC 8449 section 4. Bytes of plaintext; in TLS 1.3 with the content type and the padding. */
export const recordSizeLimit = extension({
  code: 28,
  name: 'record_size_limit',
  in: { clientHello: u16, serverHello: u16, encryptedExtensions: u16 },
});
