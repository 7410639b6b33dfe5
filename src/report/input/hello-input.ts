import { type ReceivedHello, receivedHello } from '../../facts/received-hello.ts';
import { packetsOf } from './capture-packets.ts';
import { capturedFlows } from './captured-flows.ts';
import { type Found, helloInDatagrams, helloInStream } from './hello-bytes.ts';
import { bytesOfText } from './text-form.ts';

/** Largest input, in bytes. */
export const largestInput = 64 * 1024 * 1024;

/** Read is a hello, or a sentence about why there is none. */
export type Read = { readonly hello: ReceivedHello } | { readonly fault: string };

/**
 * readHello finds the ClientHello in hexadecimal, PEM, Base64, its bytes (with or without record headers), or the first
 * one in a capture (pcap or pcapng, of TCP or UDP).
 */
export function readHello(input: Uint8Array): Read {
  if (input.length === 0) return { fault: 'the input is empty' };
  const packets = packetsOf(input);
  if (packets !== undefined) return inCapture(packets);
  const bytes = bytesOfText(input) ?? input;
  return decoded(helloInStream(bytes) ?? helloInDatagrams([bytes]) ?? { fault: unrecognized });
}

const unrecognized =
  'no ClientHello in it: it takes hexadecimal, PEM, Base64, the bytes of a ClientHello, or a capture (pcap or pcapng)';

/** inCapture tells of the first flow that begins with a hello, though it may be cut short, if none has a whole one. */
function inCapture(packets: ReturnType<typeof packetsOf> & object): Read {
  let first: Read | undefined;
  for (const { transport, pieces } of capturedFlows(packets)) {
    const found = transport === 'streams' ? helloInStream(pieces.joined()) : helloInDatagrams(pieces.inOrder());
    if (found === undefined) continue;
    const read = decoded(found);
    if ('hello' in read) return read;
    first ??= read;
  }
  return first ?? { fault: 'the capture has no ClientHello over TCP or UDP' };
}

function decoded(found: Found): Read {
  if ('fault' in found) return found;
  const hello = receivedHello(found.message, found.transport);
  return hello ? { hello } : { fault: 'the ClientHello is malformed' };
}
