import type { ProblemName } from '../../names/problems.ts';
import type { Explanation, Failed, Seen } from './seen.ts';

/** Connections that end without an alert. */
export const endingExplanations = {
  unexpectedEofWhileReading: gone,
  disconnected: gone,
  lost: ({ failed }) => [
    failed.where === 'before the hello'
      ? 'the connection broke before the client had said anything: a scanner, or a probe of its port'
      : 'the connection broke: the client, or something between, has reset it',
    'the client knows why; clients that refuse a certificate often end like this, see its own messages',
  ],
  timedOut: ({ failed, began }) => [
    failed.where !== 'before the hello'
      ? 'the client began the handshake and did not go on'
      : began
        ? 'the client began its ClientHello and did not go on'
        : 'the client connected and said nothing',
    'it waits for something: does it speak TLS at once, and does something between hold its bytes back?',
  ],
  crashed: () => [
    'a fault of ours: this should not happen, whatever a client sends',
    'please report it with the stack that stands above and with the output of -msg',
  ],
} satisfies Partial<Record<ProblemName | Failed['problem'], Explanation>>;

function gone(seen: Seen): readonly string[] {
  const { where } = seen.failed;
  if (where === 'before the hello' && seen.began) {
    return [
      'the client closed in the middle of its ClientHello',
      'something between may lose large ones (post-quantum groups take two packets), or it is no client of TLS: see -debug',
    ];
  }
  if (where === 'before the hello') {
    return [
      'the client closed before it had said anything in TLS',
      'a scanner or a probe of its port does that; a client that meant to speak TLS has not come so far',
    ];
  }
  if (where === 'data') return ['the client closed without close_notify', 'what it sent may have been cut short'];
  const shown = seen.chosen('certificate');
  return [
    `client offered ${seen.offeredVersions} and closed without an alert in the middle of the handshake`,
    shown === undefined
      ? 'it did not like what it saw so far: compare version, suite and group with what it wants (-trace)'
      : `it was shown the certificate of ${shown}: many clients close like this when they do not trust it`,
  ];
}
