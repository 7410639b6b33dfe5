import { rest } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

/**
 * Old CryptoPro clients expected this extension in the ServerHello for a GOST suite; OpenSSL knows the code and ignores
 * it.
 */
export const cryptoproBug = extension({ code: 0xfde8, name: 'cryptopro_bug', in: { clientHello: rest } });
