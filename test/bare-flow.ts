import { CertificateRequests } from '../src/handshake/flow/client-certificate-requests.ts';
import { type Carrier, Flow } from '../src/handshake/flow/flow.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { system } from '../src/handshake/flow/surroundings.ts';
import { Version } from '../src/names/versions.ts';

/** bareFlow drives a part of the handshake alone: it discards messages and appends violations to `broken`. */
export function bareFlow(settings: Settings, version: number = Version['TLSv1.3'], broken: string[] = []): Flow {
  let count = 0;
  return new Flow({
    settings,
    surroundings: { ...system, now: () => Date.UTC(2026, 0), random: (length) => Buffer.alloc(length, ++count) },
    carrier: nowhere,
    tell: { broken: (problem) => broken.push(problem) },
    certificateRequests: new CertificateRequests(settings.clientAuthentication),
    version,
    state: '',
  });
}

const nowhere: Carrier = {
  message: (_, bytes) => bytes,
  changeCipherSpec() {},
  warn() {},
  protectReading() {},
  protectWriting() {},
  limitFragments() {},
  limitReading() {},
  flush() {},
};
