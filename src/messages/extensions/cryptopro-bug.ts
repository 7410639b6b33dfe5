import { rest } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

/** A GOST cipher suite of old CryptoPro clients had it in the ServerHello; OpenSSL knows the code, and does nothing about it. */
export const cryptoproBug = extension({ code: 0xfde8, name: 'cryptopro_bug', in: { clientHello: rest } });
