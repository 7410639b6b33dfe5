import { Stop } from '../output/stop.ts';

/**
 * The first option that asks for something that this platform does not give us. Nothing is silently ignored.
 * @throws {Stop}
 */
export function refuseWhatIsNotPossible(names: readonly string[]): void {
  const refused = names.find((name) => reasons.has(name));
  if (refused !== undefined) throw new Stop(`s_server: -${refused} is not possible: ${reasons.get(refused)}\n`);
}

/** Records are made by the program itself, and Node sets no such option of a socket. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['sctp', 'there is no SCTP'],
  ['sctp_label_bug', 'there is no SCTP'],
  ['ktls', 'there is no kernel TLS'],
  ['zerocopy_sendfile', 'there is no kernel TLS'],
  ['tfo', 'there is no TCP Fast Open'],
]);
