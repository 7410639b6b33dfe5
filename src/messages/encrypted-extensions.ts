import { struct, vector } from '../bytes/wire.ts';
import { Extension } from './extensions/extension.ts';
import { type MessageOf, message } from './message.ts';

/** RFC 8446 section 4.3.1 */
export const EncryptedExtensions = message(
  8,
  'EncryptedExtensions',
  struct({ extensions: vector(Extension, 0, 65535) }),
);
export type EncryptedExtensions = MessageOf<typeof EncryptedExtensions>;
