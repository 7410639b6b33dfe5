import { installed, run } from './clients.ts';

/** Reason to skip tests with tshark; false if it is installed. */
export const withoutTshark = installed('tshark') === undefined && 'tshark is not installed';

const checksums = ['tcp', 'ip', 'udp'].flatMap((protocol) => ['-o', `${protocol}.check_checksum:TRUE`]);

/** field returns one field of the matching packets, a line each. */
export async function field(capture: string, filter: string, name: string): Promise<string[]> {
  // Without this tshark waits for the rest of a page that ends with its connection.
  const words = ['-r', capture, '-o', 'http.desegment_body:FALSE', '-Y', filter, '-T', 'fields', '-e', name];
  return (await run('tshark', words)).out.split('\n').filter((line) => line !== '');
}

/** content returns the decrypted content of unknown protocols as text. */
export async function content(capture: string): Promise<string[]> {
  const lines = await field(capture, 'data', 'data.data');
  return lines.flatMap((line) => line.split(',')).map((bytes) => Buffer.from(bytes, 'hex').toString('latin1'));
}

/** complaints returns the packets with a warning of tshark or a doubtful position in their stream. */
export async function complaints(capture: string): Promise<string> {
  const filter = '_ws.expert.severity >= "Warning" || tcp.analysis.flags';
  return (await run('tshark', ['-r', capture, ...checksums, '-Y', filter])).out;
}
