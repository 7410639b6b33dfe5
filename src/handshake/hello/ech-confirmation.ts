import { hkdfExpandLabel, hkdfExtract } from '../../crypto/hkdf.ts';
import { type HashName, hashLength } from '../../crypto/primitives/hash.ts';
import { digestOfRetry } from '../../keys/transcript.ts';
import { encryptedClientHello } from '../../messages/extensions/encrypted-client-hello.ts';
import { encodeExtension } from '../../messages/extensions/extension.ts';
import { encodeMessage } from '../../messages/message.ts';
import { ServerHello } from '../../messages/server-hello.ts';
import { isConfirmed } from '../flow/ech-outcome.ts';
import type { Flow } from '../flow/flow.ts';
import type { Hello } from './client-hello.ts';

/** Bytes of a confirmation. */
const length = 8;

/**
 * Confirms an accepted encrypted hello in the end of the random value (RFC 9849 section 7.2). The transcript ends with
 * the hello.
 */
export function confirmHello(flow: Flow, hello: Hello, answer: ServerHello, hash: HashName): ServerHello {
  if (!isConfirmed(hello.ech)) return answer;
  const unconfirmed = withEnd(answer, new Uint8Array(length));
  const transcript = flow.transcript.digestWith(hash, encodeMessage(ServerHello, unconfirmed, flow.context));
  const label = 'ech accept confirmation';
  return withEnd(answer, confirmation(hash, hello.message.random, label, transcript));
}

/**
 * The same in a HelloRetryRequest, which has an extension for it (section 7.2.1). After a rejected offer it contains
 * random bytes, so that observers cannot tell the two apart. `firstHello` is the hash of the first hello.
 */
export function confirmRetry(
  flow: Flow,
  hello: Hello,
  retry: ServerHello,
  { hash, firstHello }: { readonly hash: HashName; readonly firstHello: Uint8Array },
): ServerHello {
  if (hello.ech?.outcome === 'rejected') return withSign(retry, flow.surroundings.random(length));
  if (!isConfirmed(hello.ech)) return retry;
  const unconfirmed = encodeMessage(ServerHello, withSign(retry, new Uint8Array(length)), flow.context);
  const transcript = digestOfRetry(hash, firstHello, unconfirmed);
  return withSign(retry, confirmation(hash, hello.message.random, 'hrr ech accept confirmation', transcript));
}

function confirmation(hash: HashName, random: Uint8Array, label: string, transcript: Uint8Array): Uint8Array {
  const secret = hkdfExtract(hash, new Uint8Array(hashLength(hash)), random);
  return hkdfExpandLabel(hash, secret, label, transcript, length);
}

function withEnd(answer: ServerHello, end: Uint8Array): ServerHello {
  return { ...answer, random: Buffer.concat([answer.random.subarray(0, answer.random.length - length), end]) };
}

function withSign(retry: ServerHello, sign: Uint8Array): ServerHello {
  const extension = encodeExtension(encryptedClientHello, 'helloRetryRequest', sign);
  return { ...retry, extensions: [...(retry.extensions ?? []), extension] };
}
