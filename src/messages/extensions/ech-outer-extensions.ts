import { named, u16, vector } from '../../bytes/wire.ts';
import { extensionTraceName } from '../../names/extensions.ts';
import { extension } from './extension.ts';

/** RFC 9849 section 5.1: the extensions that an encrypted hello copies from the outer one. */
export const echOuterExtensions = extension({
  code: 0xfd00,
  name: 'ech_outer_extensions',
  in: { clientHello: vector(named(u16, extensionTraceName), 2, 254) },
});
