import { nearestNames } from '../../names/nearest-name.ts';
import { problems } from '../../names/problems.ts';
import { BadTerm } from '../bad-term.ts';
import type { ConnectionSummary } from '../connection-summary.ts';
import { versionRank, wholeNumber } from '../range.ts';
import { alertRegistry, groupRegistry, pointName, schemeRegistry, suiteRegistry } from '../registries.ts';
import { isPostQuantum, rankOf } from './offers.ts';
import { chosen, listText, nothing, oneOf, plain, ranged, single, type Term, valued, yesOrNo } from './term.ts';
import { isText, textShown } from './text.ts';

const alpnHelp = 'the protocol agreed on by ALPN; `none` for none';
const earlyDataHelp = 'what became of early data: accepted, rejected or none';
const echHelp = 'Encrypted Client Hello: accepted, retry (our keys do not open it), grease (we have none) or none';

const timeHelp = 'milliseconds of the handshake, or a range of them; depends on the machine';

/** Terms about what was agreed on, and how it ended. */
export const outcomeTerms = {
  established: {
    help: 'the handshake succeeded',
    example: 'established',
    isAboutFailure: true,
    fixes: () => ({ of: 'outcome', is: 'established' }),
    read: plain('', '', (connection) => ({ met: connection.established !== undefined, seen: outcomeOf(connection) }))
      .read,
  },
  failed: {
    help: 'the handshake failed; with a value: by this problem, named as in the fact `failed`',
    example: 'failed=noSharedCipher',
    isAboutFailure: true,
    fixes: () => ({ of: 'outcome', is: 'failed' }),
    read(value) {
      const problem = value === undefined ? undefined : problemNamed(value);
      return (connection) => {
        const { failed } = connection;
        const met = connection.handshakeFailed && (problem === undefined || failed?.problem === problem);
        return { met, seen: outcomeOf(connection) };
      };
    },
  },
  alert: alertTerm('the client sent this alert', 'alert=unknown_ca', ({ alertsIn }) => alertsIn),
  sent: alertTerm('the server sent this alert', 'sent=handshake_failure', ({ alertsOut }) => alertsOut),
  tls: ranged(
    { help: 'the version agreed on is in this range', example: 'tls=1.2..', read: versionRank },
    ({ established }) => ({
      value: established && rankOf(established.version),
      seen: established ? pointName(established.version) : nothing,
    }),
  ),
  suite: chosen('the cipher suite agreed on', 'suite=TLS_AES_128_GCM_SHA256', {
    registry: suiteRegistry,
    of: ({ established }) => established?.suite,
  }),
  group: chosen('the group agreed on', 'group=X25519MLKEM768', {
    registry: groupRegistry,
    of: ({ established }) => established?.group,
  }),
  scheme: chosen('the signature scheme of the server', 'scheme=ecdsa_secp256r1_sha256', {
    registry: schemeRegistry,
    of: ({ established }) => established?.scheme,
  }),
  pq: plain('the group agreed on is post-quantum', 'pq', ({ established }) => {
    const group = established?.group;
    return { met: group != null && isPostQuantum(group), seen: group ? pointName(group) : nothing };
  }),
  alpn: single({ help: alpnHelp, example: 'alpn=h2', key: (value) => value }, (value) => ({ established }) => {
    const protocol = established?.alpn ?? null;
    if (protocol === null) return { met: value === nothing && established !== undefined, seen: nothing };
    return { met: isText(protocol, value), seen: textShown(protocol) };
  }),
  retry: plain('the server had to ask for another hello (HelloRetryRequest)', 'not:retry', ({ retried }) =>
    yesOrNo(retried),
  ),
  resumed: {
    help: 'the session was resumed; with a value: by ticket, id or psk; `no` for a full handshake',
    example: 'resumed=ticket',
    read(value) {
      const kind = value === undefined ? undefined : oneOf(value, ['no', 'ticket', 'id', 'psk']);
      return ({ established }) => {
        const seen = established?.resumed ?? nothing;
        return { met: kind === undefined ? !['no', nothing].includes(seen) : seen === kind, seen };
      };
    },
  },
  'early-data': single({ help: earlyDataHelp, example: 'early-data=accepted' }, (value) => {
    const kind = oneOf(value, ['accepted', 'rejected', 'none']);
    return ({ established }) => ({
      met: established?.earlyData === kind,
      seen: established?.earlyData ?? 'no handshake',
    });
  }),
  'client-cert': plain('the client showed a certificate or key', 'client-cert', ({ established }) => {
    const client = established?.client;
    return { met: client != null, seen: client ? nameOf(client) : nothing };
  }),
  verified: plain('the certificate of the client was verified', 'verified', ({ established }) =>
    yesOrNo(established?.client?.verified === true),
  ),
  'client-name': valued(
    'a name of the client certificate: an alternative name, or its CN',
    'client-name=device-7',
    (value) =>
      ({ established }) => {
        const names = namesOf(established?.client);
        return { met: names.includes(value), seen: listText(names) };
      },
  ),
  ech: single({ help: echHelp, example: 'ech=accepted' }, (value) => {
    const kind = oneOf(value, ['accepted', 'grease', 'retry', 'none']);
    return (connection) => {
      const seen = echOf(connection);
      return { met: seen === kind, seen };
    };
  }),
  'close-notify': plain('the client ended with close_notify', 'close-notify', ({ alertsIn }) =>
    yesOrNo(alertsIn.includes('close_notify')),
  ),
  http: valued('the client sent this request', 'http=GET /', (value) => ({ requests }) => {
    const seen = requests.map(({ method, path }) => `${textShown(method)} ${textShown(path)}`);
    return { met: seen.includes(value), seen: listText(seen) };
  }),
  time: ranged({ help: timeHelp, example: 'time=..500', read: wholeNumber }, ({ established }) => {
    const value = established?.milliseconds;
    return { value, seen: String(value ?? nothing) };
  }),
} as const satisfies Readonly<Record<string, Term>>;

function alertTerm(help: string, example: string, of: (connection: ConnectionSummary) => readonly string[]): Term {
  const term = valued(help, example, (value) => {
    const name = alertRegistry.name(alertRegistry.code(value));
    return (connection) => ({ met: of(connection).includes(name), seen: listText(of(connection)) });
  });
  return { ...term, isAboutFailure: true };
}

function outcomeOf({ established, failed, handshakeFailed }: ConnectionSummary): string {
  if (handshakeFailed) return `failed: ${failed?.text} (${failed?.problem})`;
  return established === undefined ? 'no handshake' : 'established';
}

/** @throws {BadTerm} */
function problemNamed(value: string): string {
  const names = [...Object.keys(problems), 'lost', 'timedOut', 'crashed', 'disconnected'];
  const found = names.find((name) => name.toLowerCase() === value.toLowerCase());
  if (found === undefined)
    throw new BadTerm(`no problem is called ${JSON.stringify(value)}`, nearestNames(value, names).slice(0, 3));
  return found;
}

type Client = NonNullable<NonNullable<ConnectionSummary['established']>['client']>;

function nameOf({ subject, fingerprint }: Client): string {
  return subject === null ? fingerprint : textShown(subject);
}

/** Alternative names, and the CN of the subject. */
function namesOf(client: Client | null | undefined): readonly string[] {
  if (!client) return [];
  const common = client.subject && /(?:^|, )CN ?= ?([^,]*)/.exec(textShown(client.subject))?.[1];
  const others = client.names.map(textShown);
  return common ? [...others, common] : others;
}

/** A hello that our keys do not open, after which the client has new ones, and GREASE look the same to a server with keys. */
function echOf({ hello, established }: ConnectionSummary): 'accepted' | 'grease' | 'retry' | 'none' {
  const outcome = established?.ech;
  if (outcome === 'accepted') return 'accepted';
  if (hello?.ech !== 'outer') return 'none';
  return outcome === 'rejected' ? 'retry' : 'grease';
}
