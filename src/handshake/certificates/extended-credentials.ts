import { latin1 } from '../../bytes/hex.ts';
import { Problem } from '../../names/problems.ts';
import { certificateFacts } from '../../x509/certificates/certificate.ts';
import type { Credential } from '../../x509/files/credential.ts';
import { tellChain, tellIssuers } from '../decisions/certificates.ts';
import { tellCheckedGroup } from '../decisions/groups.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { answer } from '../flow/receive.ts';
import type { ExtendedCredential } from '../flow/settings.ts';
import { credentialsOfSuiteB } from '../policy/suite-b-policy.ts';
import { checkChain } from './chain-check.ts';
import type { ClientOffer } from './client-offer.ts';

/**
 * The certificates for this client. If `-xcert` gives any, only those count: each is checked, reported, and used if the
 * client can verify it; of several with the same type of key the last one.
 * @throws {Problem} when the certificate to use has a fault
 */
export function* credentialsFor(flow: Flow, offer: ClientOffer): Handshake<readonly Credential[]> {
  const { settings } = flow;
  const { extendedCredentials = [] } = settings;
  if (extendedCredentials.length === 0)
    return credentialsOfSuiteB(settings, yield* ownCredentials(flow, offer), offer.sharedSchemes);
  const used = new Map<Credential['keyType'], Credential>();
  for (const [index, extended] of extendedCredentials.entries()) {
    const { credential, fault } = extended;
    tellCurves(flow, extended);
    const check = checkChain(extended, offer, settings);
    flow.tell.note?.('certificateCheck', { number: index + 1, subject: subjectOf(credential), check });
    if (!check.valid) continue;
    tellChain(flow, credential.chain.slice(0, 1));
    if (fault) throw new Problem('certCbError', where, { before: fault });
    tellIssuers(flow, credential.chain.slice(1));
    used.set(credential.keyType, credential);
  }
  return credentialsOfSuiteB(settings, [...used.values()], offer.sharedSchemes);
}

/** @throws {Problem} certCbError when the application says so */
function* ownCredentials(
  { settings, surroundings }: Flow,
  { hello, offers }: ClientOffer,
): Handshake<readonly Credential[]> {
  const { credentials, credentialsFor: lookUp } = settings;
  if (lookUp === undefined) return credentials;
  const name = offers.serverName && latin1(offers.serverName);
  const found = yield* answer(lookUp(name, surroundings.connection, Uint8Array.from(hello.bytes)));
  if (found === 'fatal') throw new Problem('certCbError', where);
  return found ?? credentials;
}

const where = 'tls_post_process_client_hello';

/** Reports the curves of the certificate and of its chain. */
function tellCurves(flow: Flow, { credential, chain }: ExtendedCredential): void {
  if (flow.tell.decision === undefined) return;
  for (const key of [credential, ...chain.map((der) => certificateFacts(der).key)]) {
    if (key?.keyType === 'EC') tellCheckedGroup(flow, key.group);
  }
}

function subjectOf({ chain: [leaf] }: Credential): Uint8Array {
  if (leaf === undefined) throw new Error('a credential without a certificate');
  return certificateFacts(leaf).subject.der;
}
