import type { ProblemName } from '../../names/problems.ts';
import { always, type Explanation } from './seen.ts';
import { listText } from './shown.ts';

/** ALPN and server names. */
export const nameExplanations = {
  noApplicationProtocol: (seen) => [
    `client offers ALPN ${listText(seen.hello?.alpn ?? [])}`,
    `we have ${seen.ours('alpn')}`,
    'add one of its protocols with -alpn, or leave -alpn out to accept any',
  ],
  callbackFailed: (seen) => [
    `client asks for ${seen.asksFor}`,
    `we have ${seen.ours('sni')}, and -servername_fatal refuses all others`,
    'correct the name in the client or in -servername, or leave -servername_fatal out',
  ],
  clienthelloTlsext: always(
    'the client asks for the status of our certificate (OCSP), and it could not be had',
    'see -status_verbose for the reason; -status_file hands out a response from a file',
  ),
} satisfies Partial<Record<ProblemName, Explanation>>;
