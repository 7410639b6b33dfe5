import { named, struct, u8, type ValueOf } from '../bytes/wire.ts';

/** RFC 5246 section 7.1: the single byte 1. The record layer refuses other values. */
export const ChangeCipherSpec = struct({
  type: named(u8, (code) => (code === 1 ? 'change_cipher_spec' : undefined)),
});
export type ChangeCipherSpec = ValueOf<typeof ChangeCipherSpec>;
