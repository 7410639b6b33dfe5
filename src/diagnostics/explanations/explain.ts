import { escaped } from '../../bytes/escaped.ts';
import type { OwnCertificate } from '../../facts/certificate-facts.ts';
import type { Story } from '../../facts/fact-stream.ts';
import type { ProblemName } from '../../names/problems.ts';
import { certificateExplanations } from './certificates.ts';
import { endingExplanations } from './endings.ts';
import { groupExplanations } from './group-failures.ts';
import { messageExplanations } from './messages.ts';
import { nameExplanations } from './name-failures.ts';
import { pskExplanations } from './psk-failures.ts';
import { alertExplanations, unknownAlert } from './received-alerts.ts';
import { recordExplanations } from './records.ts';
import { schemeExplanations } from './schemes.ts';
import { type Explanation, type Failed, Seen } from './seen.ts';
import { suiteExplanations } from './suites.ts';
import { versionExplanations } from './versions.ts';

/**
 * Why a connection failed, in one to five lines for a person: what the client did or offered, what we have, what can be
 * changed. `certificates`: those that clients can be shown. Whatever a peer has named comes out printable.
 */
export function explain(failed: Failed, story: Story, certificates: readonly OwnCertificate[]): readonly string[] {
  return explanationOf(failed)(new Seen(failed, story, certificates)).map(escaped);
}

function explanationOf({ problem, alertReceived }: Failed): Explanation {
  if (problem === 'peerAlert') return alertExplanations[alertReceived?.name ?? ''] ?? unknownAlert;
  return isOwn(problem) ? ofOurs : explanations[problem];
}

/** Problems that no client can cause: they come from our own settings or commands. */
const ownProblems = [
  'badDataReturnedByCallback',
  'certCbError',
  'connectionRejected',
  'internalError',
  'invalidConfig',
  'noProtocolsAvailable',
  'requestSent',
  'sslSessionIdCallbackFailed',
  'stillInInit',
] as const satisfies readonly ProblemName[];

type OwnProblem = (typeof ownProblems)[number];
type Explained = Exclude<Failed['problem'], 'peerAlert' | OwnProblem>;

/** A problem that has no row here does not compile. */
const explanations: Readonly<Record<Explained, Explanation>> = {
  ...suiteExplanations,
  ...versionExplanations,
  ...groupExplanations,
  ...schemeExplanations,
  ...certificateExplanations,
  ...pskExplanations,
  ...nameExplanations,
  ...messageExplanations,
  ...recordExplanations,
  ...endingExplanations,
};

function isOwn(problem: Failed['problem']): problem is OwnProblem {
  return (ownProblems as readonly string[]).includes(problem);
}

function ofOurs(): readonly string[] {
  return [
    'that is no fault of the client: our own settings do not allow it',
    'the lines above say which option it is about',
  ];
}
