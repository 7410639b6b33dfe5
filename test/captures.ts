import { installed, run } from './clients.ts';

/** Why tshark cannot be asked; false when it can. */
export const withoutTshark = installed('tshark') === undefined && 'tshark is not installed';

const checksums = ['tcp', 'ip', 'udp'].flatMap((protocol) => ['-o', `${protocol}.check_checksum:TRUE`]);

/** One field of the packets that match, a line each. */
export async function field(capture: string, filter: string, name: string): Promise<string[]> {
  // A page that ends with its connection is not waited for.
  const words = ['-r', capture, '-o', 'http.desegment_body:FALSE', '-Y', filter, '-T', 'fields', '-e', name];
  return (await run('tshark', words)).out.split('\n').filter((line) => line !== '');
}

/** The decrypted content that no protocol is known for, as text. */
export async function content(capture: string): Promise<string[]> {
  const lines = await field(capture, 'data', 'data.data');
  return lines.flatMap((line) => line.split(',')).map((bytes) => Buffer.from(bytes, 'hex').toString('latin1'));
}

/** The packets that tshark warns of, or whose place in their stream it doubts. */
export async function complaints(capture: string): Promise<string> {
  const filter = '_ws.expert.severity >= "Warning" || tcp.analysis.flags';
  return (await run('tshark', ['-r', capture, ...checksums, '-Y', filter])).out;
}
