import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hex } from '../src/bytes/hex.ts';
import { EarlySecret, finishedMac, resumptionPsk } from '../src/keys/schedule13.ts';
import { Transcript } from '../src/keys/transcript.ts';
import { decodeMessage } from '../src/messages/message.ts';
import { NewSessionTicket } from '../src/messages/new-session-ticket.ts';
import { Version } from '../src/names/versions.ts';
import type { Session } from '../src/sessions/session.ts';

export type Side = 'client' | 'server';

/** Trace is one of the conversations of RFC 8448; all bytes are hexadecimal. */
export interface Trace {
  readonly section: number;
  readonly title: string;
  readonly keyPairs: readonly TraceKeyPair[];
  readonly messages: readonly { readonly side: Side; readonly name: string; readonly bytes: string }[];
  readonly secrets: Readonly<Record<string, string>>;
  readonly records: readonly TraceRecord[];
}

export interface TraceKeyPair {
  readonly side: Side;
  readonly group: 'x25519' | 'P-256';
  readonly privateKey: string;
  readonly publicKey: string;
}

interface TraceRecord {
  readonly side: Side;
  readonly type: 'handshake' | 'application_data' | 'alert' | 'change_cipher_spec';
  readonly record: string;
  /** Absent for handshake messages, which are in `messages`. */
  readonly payload?: string;
}

interface Vectors {
  /** RSA, as in a JWK but hexadecimal. */
  readonly serverKey: Readonly<Record<string, string>>;
  readonly traces: readonly Trace[];
}

const vectors: Vectors = JSON.parse(readFileSync('test/vectors/rfc8448.json', 'utf8'));

export const { traces } = vectors;

export const context = { version: Version['TLSv1.3'] };

/** Key of all sections but 4; its last part is the certificate's signature. */
export const serverKey = createPrivateKey({
  key: {
    kty: 'RSA',
    ...Object.fromEntries(Object.entries(vectors.serverKey).map(([name, value]) => [name, base64url(value)])),
  },
  format: 'jwk',
});

export function traceOf(section: number): Trace {
  const found = traces.find((it) => it.section === section);
  if (found === undefined) throw new Error(`no trace ${section}`);
  return found;
}

export function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'hex');
}

/** pskOf returns section 3's resumption secret for the resumption in section 4. */
function pskOf({ section }: Trace): Uint8Array | undefined {
  const first = traces[0]?.secrets.resumption;
  return section === 4 && first !== undefined ? bytes(first) : undefined;
}

function messageOf({ messages }: Trace, name: string): string {
  return messages.find((it) => it.name === name)?.bytes ?? '';
}

/** sessionOfFirstTrace is the session of section 3's ticket, just made. `now`: milliseconds. */
export function sessionOfFirstTrace(now: number): Session {
  const ticket = decodeMessage(NewSessionTicket, bytes(messageOf(traceOf(3), 'NewSessionTicket')), context);
  if (!('ticketAgeAdd' in ticket)) throw new Error('a ticket of TLS 1.2');
  return {
    version: context.version,
    cipherSuite: 0x1301,
    id: new Uint8Array(32),
    secret: pskOf(traceOf(4)) ?? new Uint8Array(0),
    idContext: Uint8Array.of(1, 0, 0, 0),
    time: now / 1000,
    timeout: 30,
    verifyResult: 0,
    ticketLifetimeHint: 30,
    ticketAgeAdd: ticket.ticketAgeAdd,
    compression: 0,
    extendedMasterSecret: false,
    maxEarlyData: 1024,
    maxFragmentLength: 0,
    group: 0x1d,
  };
}

function privateKeyOf({ group, privateKey, publicKey }: TraceKeyPair): KeyObject {
  return createPrivateKey({ key: { ...publicJwk(group, bytes(publicKey)), d: base64url(privateKey) }, format: 'jwk' });
}

function publicKeyOf(group: TraceKeyPair['group'], share: Uint8Array): KeyObject {
  return createPublicKey({ key: publicJwk(group, share), format: 'jwk' });
}

/** keyPairOf returns the last key pair of a side: after a HelloRetryRequest the client has a second one. */
export function keyPairOf({ keyPairs }: Trace, side: Side): TraceKeyPair {
  const pair = keyPairs.findLast((it) => it.side === side);
  if (pair === undefined) throw new Error(`no key pair of the ${side}`);
  return pair;
}

/** secretsOf runs our key schedule on the messages and private keys of a trace, by the RFC's names for the secrets. */
export function secretsOf(trace: Trace): Record<string, string> {
  const { messages } = trace;
  const psk = pskOf(trace);
  const early = new EarlySecret('sha256', psk);
  const [client, server] = [keyPairOf(trace, 'client'), keyPairOf(trace, 'server')];
  const peer = publicKeyOf(server.group, bytes(server.publicKey));
  const handshake = early.handshake(diffieHellman({ privateKey: privateKeyOf(client), publicKey: peer }));
  const master = handshake.master();
  const secrets: Record<string, Uint8Array> = {};
  const transcript = new Transcript();
  transcript.use('sha256');
  const serverHellos = messages.filter(({ name }) => name === 'ServerHello').length;
  let hellos = 0;
  for (const { side, name, bytes: text } of messages) {
    const before = transcript.digest('sha256');
    if (name === 'Finished') {
      const secret = side === 'client' ? secrets['c hs traffic'] : secrets['s hs traffic'];
      secrets[`${side} finished`] = finishedMac('sha256', secret ?? new Uint8Array(0), before);
    }
    if (name === 'ServerHello' && ++hellos < serverHellos) transcript.replaceByHash('sha256');
    transcript.add(bytes(text));
    const digest = transcript.digest('sha256');
    if (name === 'ClientHello' && psk !== undefined) {
      secrets.binder = finishedMac(
        'sha256',
        early.binderKey('res binder'),
        transcript.digestTruncated('sha256', bytes(text).length - binderLength),
      );
      secrets['c e traffic'] = early.clientEarlyTraffic(digest);
      secrets['e exp master'] = early.earlyExporter(digest);
    } else if (name === 'ServerHello' && hellos === serverHellos) {
      secrets['c hs traffic'] = handshake.clientTraffic(digest);
      secrets['s hs traffic'] = handshake.serverTraffic(digest);
    } else if (name === 'Finished' && side === 'server') {
      secrets['c ap traffic'] = master.clientTraffic(digest);
      secrets['s ap traffic'] = master.serverTraffic(digest);
      secrets['exp master'] = master.exporter(digest);
    } else if (name === 'Finished') {
      secrets['res master'] = master.resumption(digest);
    } else if (name === 'NewSessionTicket') {
      secrets.resumption = resumptionPsk('sha256', secrets['res master'] ?? new Uint8Array(0), ticketNonce);
    }
  }
  return Object.fromEntries(Object.entries(secrets).map(([label, secret]) => [label, hex(secret)]));
}

/** Length of one SHA-256 binder with its length fields. */
const binderLength = 35;

/** The nonce of the RFC's only ticket. */
const ticketNonce = Uint8Array.of(0, 0);

function publicJwk(group: TraceKeyPair['group'], share: Uint8Array) {
  const text = hex(share);
  return group === 'x25519'
    ? { kty: 'OKP', crv: 'X25519', x: base64url(text) }
    : { kty: 'EC', crv: 'P-256', x: base64url(text.substring(2, 66)), y: base64url(text.substring(66)) };
}

function base64url(text: string): string {
  return Buffer.from(text, 'hex').toString('base64url');
}
