import { latin1 } from '../../bytes/hex.ts';
import { hostNameType, serverName as kind } from '../../messages/extensions/server-name.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import { isForHost } from '../../x509/verify/checks/check-identity.ts';
import { pathCertificate } from '../../x509/verify/path-certificate.ts';
import type { EchOutcome } from '../flow/ech-outcome.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { reportName } from '../flow/name-choices.ts';
import { perSettings } from '../flow/per-settings.ts';
import { answer } from '../flow/receive.ts';
import type { ServerNameChoice, Settings } from '../flow/settings.ts';
import { type Round, serverExtension } from './extension.ts';
import { offer, refine } from './offer.ts';

const where = 'tls_parse_ctos_server_name';

/** RFC 6066 section 3 (docs/decisions/wire-rules.md). The choice is true when the name is ours. */
export const serverName = {
  ...serverExtension(kind, {
    versions: 'any',
    offer: refine(offer(kind, { where }), hostName),
    choose: isAccepted,
    answers: { serverHello12: emptyIf, encryptedExtensions: emptyIf },
  }),
  find,
  turnTo,
};

/** Undefined where there are only names of other types, which mean nothing. @throws {Problem} */
function hostName(names: readonly { readonly nameType: number; readonly name: Uint8Array }[]): Uint8Array | undefined {
  const types = new Set(names.map(({ nameType }) => nameType));
  const host = names.find(({ nameType }) => nameType === hostNameType);
  // "The ServerNameList MUST NOT contain more than one name of the same name_type."
  if (types.size < names.length || (host !== undefined && !isPossible(host.name)))
    throw new Problem('badExtension', where, { alert: 'illegal_parameter' });
  return host && Uint8Array.from(host.name);
}

/** Names with underscores, with a dot at their end, and addresses are served: clients send them. */
function isPossible(name: Uint8Array): boolean {
  return name.length > 0 && name.length <= 255 && !name.some(isControl);
}

function isControl(byte: number): boolean {
  return byte < 0x20 || byte === 0x7f;
}

/** The name has been checked before all other extensions. */
function isAccepted(_offered: unknown, _flow: Flow, { serverNameAccepted }: Round): boolean {
  return serverNameAccepted;
}

function emptyIf(_subject: unknown, accepted: boolean) {
  return accepted ? {} : undefined;
}

/** A name that a client asks for, and what is served under it. */
export interface AskedName {
  /** Undefined where the client asks for none. */
  readonly name: Uint8Array | undefined;
  /** Undefined where the name is none of ours. */
  readonly settings: Settings | undefined;
}

function* find(flow: Flow, name: Uint8Array | undefined): Handshake<AskedName> {
  const { serverName: choice } = flow.settings;
  if (choice === undefined || name === undefined) return { name, settings: undefined };
  if (typeof choice === 'function') return { name, settings: yield* answer(choice(latin1(name))) };
  return { name, settings: leadsTo(choice, flow.ech?.outcome.outcome, name) ? choice.settings : undefined };
}

function leadsTo(choice: ServerNameChoice, outcome: EchOutcome['outcome'] | undefined, name: Uint8Array): boolean {
  if (outcome !== 'accepted') return isNamed(choice, name);
  const leaf = certificateOf(choice.settings);
  return leaf !== undefined && isForHost(leaf, latin1(name));
}

const certificateOf = perSettings(({ credentials: [first] }) => first?.chain[0] && pathCertificate(first.chain[0]));

/**
 * Switches to the settings of the name, on which all other choices depend. True when the name is ours.
 * @throws {Problem} unrecognized_name when an unknown name is fatal
 */
function turnTo(flow: Flow, { name, settings }: AskedName): boolean {
  const choice = flow.settings.serverName;
  const isOne = choice !== undefined && typeof choice !== 'function';
  if (isOne && flow.ech !== undefined) tellEncrypted(flow, choice, flow.ech.outcome, { name, settings });
  if (choice === undefined || name === undefined) return false;
  reportChoice(flow, name, settings !== undefined, isOne ? [choice.name] : []);
  if (!isOne || flow.ech === undefined) flow.tell.note?.('serverName', { name, switched: settings !== undefined });
  if (settings !== undefined) {
    switchSettings(flow, settings);
    return true;
  }
  // After an encrypted hello the name of the choice leads nowhere, but is known.
  if (isOne && isNamed(choice, name)) return true;
  if (isOne) refuse(flow, choice);
  return false;
}

/** Refuses a name that has no settings. */
function refuse(flow: Flow, choice: ServerNameChoice): void {
  if (choice.fatal) throw new Problem('callbackFailed', 'final_server_name');
  if (flow.context.version < Version['TLSv1.3']) flow.carrier.warn('unrecognized_name', flow.context.version);
}

/** isSameName compares two names without regard to case; a missing one equals only a missing one. Bytes as latin1. */
export function isSameName(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}

function reportChoice({ tell }: Flow, asked: Uint8Array, known: boolean, ours: readonly string[]): void {
  const why = known ? 'there are settings for this name' : 'no settings of its own: those of the server';
  reportName(tell, 'sni', { chosen: known ? asked : undefined, from: [asked], ours }, why);
}

function isNamed({ name }: ServerNameChoice, asked: Uint8Array): boolean {
  return isSameName(latin1(asked), name);
}

/** Reports an encrypted hello along with the name, also without a name. */
function tellEncrypted(flow: Flow, choice: ServerNameChoice, ech: EchOutcome, { name, settings }: AskedName): void {
  flow.tell.note?.('encryptedHello', {
    ...ech,
    peer: flow.surroundings.peer ?? '',
    now: flow.surroundings.now(),
    ownName: choice.name,
    ...(name && { name }),
    switched: settings !== undefined,
  });
}

/** Moves the connection to the settings and counters of the name. */
function switchSettings(flow: Flow, settings: Settings): void {
  if (flow.previous === undefined) {
    flow.settings.statistics.accepts--;
    settings.statistics.accepts++;
  }
  flow.settings = settings;
}
