import { latin1 } from '../../bytes/hex.ts';
import { hostNameType, serverName as kind } from '../../messages/extensions/server-name.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import type { EchOutcome } from '../flow/ech-outcome.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { reportName } from '../flow/name-choices.ts';
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
  chooseFirst,
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

/**
 * Looks up the name that the client asks for and switches to its settings, on which all other choices depend. True when
 * the name is ours.
 * @throws {Problem} unrecognized_name when an unknown name is fatal
 */
function* chooseFirst(flow: Flow, asked: Uint8Array | undefined): Handshake<boolean> {
  const choice = flow.settings.serverName;
  if (choice !== undefined && typeof choice !== 'function' && flow.ech !== undefined)
    tellEncrypted(flow, choice, flow.ech.outcome, asked);
  if (choice === undefined || asked === undefined) return false;
  if (typeof choice !== 'function') return chooseOne(flow, choice, asked);
  const found = yield* answer(choice(latin1(asked)));
  reportChoice(flow, asked, found !== undefined, []);
  flow.tell.note?.('serverName', { name: asked, switched: found !== undefined });
  if (found === undefined) return false;
  switchSettings(flow, found);
  return true;
}

/** Compares with the one other name that has settings. */
function chooseOne(flow: Flow, choice: ServerNameChoice, asked: Uint8Array): boolean {
  const matches = isNamed(choice, asked);
  reportChoice(flow, asked, matches, [choice.name]);
  if (flow.ech === undefined) flow.tell.note?.('serverName', { name: asked, switched: matches });
  if (matches) {
    switchSettings(flow, choice.settings);
    return true;
  }
  if (choice.fatal) throw new Problem('callbackFailed', 'final_server_name');
  if (flow.context.version < Version['TLSv1.3']) flow.carrier.warn('unrecognized_name', flow.context.version);
  return false;
}

function reportChoice({ tell }: Flow, asked: Uint8Array, known: boolean, ours: readonly string[]): void {
  const why = known ? 'there are settings for this name' : 'no settings of its own: those of the server';
  reportName(tell, 'sni', { chosen: known ? asked : undefined, from: [asked], ours }, why);
}

function isNamed({ name }: ServerNameChoice, asked: Uint8Array): boolean {
  return latin1(asked).toLowerCase() === name.toLowerCase();
}

/** Reports an encrypted hello along with the name, also without a name. */
function tellEncrypted(flow: Flow, choice: ServerNameChoice, ech: EchOutcome, asked: Uint8Array | undefined): void {
  flow.tell.note?.('encryptedHello', {
    ...ech,
    peer: flow.surroundings.peer ?? '',
    now: flow.surroundings.now(),
    ownName: choice.name,
    ...(asked && { name: asked }),
    switched: asked !== undefined && isNamed(choice, asked),
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
