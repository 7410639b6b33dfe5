import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { hex } from '../src/bytes/hex.ts';
import type { Departures } from '../src/connection/channel.ts';
import { StreamChannel } from '../src/connection/stream-channel.ts';
import { keyAgreementsFrom } from '../src/crypto/groups.ts';
import type { KeyPhase } from '../src/handshake/flow/flow.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import type { Surroundings } from '../src/handshake/flow/surroundings.ts';
import { Certificate13 } from '../src/messages/certificate.ts';
import { CertificateRequest13 } from '../src/messages/certificate-request.ts';
import { CertificateVerify } from '../src/messages/certificate-verify.ts';
import { EncryptedExtensions } from '../src/messages/encrypted-extensions.ts';
import type { Extension } from '../src/messages/extensions/extension.ts';
import { decodeMessage, encodeMessage, type Kind } from '../src/messages/message.ts';
import { NewSessionTicket } from '../src/messages/new-session-ticket.ts';
import { ServerHello } from '../src/messages/server-hello.ts';
import type { ReadProtection, WriteProtection } from '../src/record/protection.ts';
import { credential } from '../src/x509/files/credential.ts';
import { Recorded, settingsOf } from './conversation.ts';
import { distorted } from './distorted.ts';
import { surroundingsKnown } from './known-surroundings.ts';
import { bytes, context, keyPairOf, serverKey, sessionOfFirstTrace, type Trace, traceOf, traces } from './rfc8448.ts';

/*
 * The tests feed the clients' messages of RFC 8448 to our server, which has the random values, the key pairs and the
 * signatures of the servers there. Its output must be theirs, to the last byte.
 *
 * Three things are the other server's free choice and are adapted on output: a flight is one record, extensions have
 * another order, and those in `theirOwn` have other content.
 */

const words = ['-nocert', '-ciphersuites', 'TLS_AES_128_GCM_SHA256', '-cipher', 'ALL:@SECLEVEL=0'];

/** Extensions whose content depends on the other server, by section. */
const theirOwn: ReadonlyMap<number, readonly string[]> = new Map([
  [3, ['server_name', 'supported_groups']],
  [4, ['server_name', 'supported_groups']],
  [5, ['cookie', 'server_name', 'supported_groups']],
  [6, ['server_name', 'signature_algorithms', 'supported_groups']],
  [7, ['server_name', 'supported_groups']],
]);

const names: ReadonlyMap<number, string> = new Map([
  [0, 'server_name'],
  [10, 'supported_groups'],
  [13, 'signature_algorithms'],
  [44, 'cookie'],
]);

for (const trace of traces) {
  test(`what the server of RFC 8448 section ${trace.section} said, ours says to the last byte`, async () => {
    const taken = new Set<string>();
    const recorded = await serverOf(trace, taken);
    for (const { side, type, record, payload } of trace.records) {
      if (side === 'client') recorded.engine.feed(bytes(record));
      else if (type === 'application_data') recorded.engine.write(bytes(payload ?? ''));
      else if (type === 'alert') recorded.engine.shutdown();
    }
    const said = trace.records.filter(({ side }) => side === 'server').map(({ record }) => record);
    assert.equal(hex(recorded.sentBytes), said.join(''));
    assert.deepEqual(recorded.endings, [{ how: 'closed' }]);
    const heard = trace.records.filter(({ side, type }) => side === 'client' && type === 'application_data');
    const read = Buffer.concat([...recorded.early, ...recorded.received]);
    assert.equal(hex(read), heard.map(({ payload }) => payload).join(''));
    assert.deepEqual([...taken].sort(), theirOwn.get(trace.section));
  });
}

test('one bit of the binder of section 4 changed ends the conversation', async () => {
  const trace = traceOf(4);
  const recorded = await serverOf(trace);
  recorded.engine.feed(withLastBitChanged(trace.records[0]?.record ?? ''));
  const [ending] = recorded.endings;
  assert.equal(ending?.how === 'failed' && ending.problem.problem, 'binderDoesNotVerify');
});

/** `taken`: as for InFormOf. */
async function serverOf(trace: Trace, taken = new Set<string>()): Promise<Recorded> {
  return new Recorded({
    settings: await settingsFor(trace),
    surroundings: surroundingsOf(trace),
    channel: (options) => distorted(new StreamChannel(options), (others) => new InFormOf(trace, others, taken)),
  });
}

function withLastBitChanged(record: string): Uint8Array {
  const changed = bytes(record);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  return changed;
}

interface WithExtensions {
  readonly extensions: readonly Extension[] | undefined;
}

/** InFormOf gives our server's messages the form of the other server's where the form is free. */
class InFormOf implements Departures {
  private readonly taken: Set<string>;
  private readonly theirs: Uint8Array[];
  private readonly departures: Departures;
  private gathered: Uint8Array[] = [];
  private send: (content: Uint8Array) => void = () => {};

  /** `taken`: gets the names of the extensions that were added or replaced. */
  constructor({ messages }: Trace, departures: Departures, taken: Set<string>) {
    this.taken = taken;
    this.theirs = messages.filter(({ side }) => side === 'server').map((it) => bytes(it.bytes));
    this.departures = departures;
  }

  message(type: number, version: number, ours: Uint8Array): Uint8Array {
    const message = this.inTheirForm(ours, this.theirs.shift() ?? new Uint8Array(0));
    this.gathered.push(message);
    this.send = (content) => this.departures.message(type, version, content);
    return message;
  }

  signal(type: number, version: number, content: Uint8Array): void {
    this.sendGathered();
    this.departures.signal(type, version, content);
  }

  content(type: number, version: number, content: Uint8Array): void {
    this.sendGathered();
    this.departures.content(type, version, content);
  }

  protectReading(phase: KeyPhase, protection: ReadProtection): void {
    this.departures.protectReading(phase, protection);
  }

  protectWriting(phase: KeyPhase, protection: WriteProtection): void {
    this.sendGathered();
    this.departures.protectWriting(phase, protection);
  }

  limitFragments(length: number): void {
    this.departures.limitFragments(length);
  }

  limitReading(length: number): void {
    this.departures.limitReading(length);
  }

  raw(content: Uint8Array): void {
    this.departures.raw(content);
  }

  flush(): void {
    this.sendGathered();
    this.departures.flush();
  }

  private sendGathered(): void {
    if (this.gathered.length > 0) this.send(Buffer.concat(this.gathered));
    this.gathered = [];
  }

  private inTheirForm(ours: Uint8Array, theirs: Uint8Array): Uint8Array {
    // The content and lifetime of a ticket are the issuer's choice.
    if (ours[0] === NewSessionTicket.type && theirs[0] === NewSessionTicket.type) return theirs;
    switch (ours[0]) {
      case ServerHello.type:
        return this.rearranged(ServerHello, ours, theirs);
      case EncryptedExtensions.type:
        return this.rearranged(EncryptedExtensions, ours, theirs);
      case CertificateRequest13.type:
        return this.rearranged(CertificateRequest13, ours, theirs);
      default:
        return ours;
    }
  }

  private rearranged<T extends WithExtensions>(kind: Kind<T>, ours: Uint8Array, theirs: Uint8Array): Uint8Array {
    const [own, other] = [ours, theirs].map((it) => decodeMessage(kind, it, context));
    assert.ok(own && other);
    const extensions = this.inTheirOrder(own.extensions ?? [], other.extensions ?? []);
    return encodeMessage(kind, { ...own, extensions }, context);
  }

  private inTheirOrder(ours: readonly Extension[], theirs: readonly Extension[]): readonly Extension[] {
    const known = theirs.map((their) => {
      const name = names.get(their.type);
      if (name !== undefined) this.taken.add(name);
      return name === undefined ? ours.find(({ type }) => type === their.type) : their;
    });
    return known.filter((it) => it !== undefined);
  }
}

/** surroundingsOf has the random values, keys and signatures of the trace's server. */
function surroundingsOf(trace: Trace): Surroundings {
  const [hello] = trace.messages.filter(({ side, name }) => side === 'server' && name === 'ServerHello').slice(-1);
  const { random } = decodeMessage(ServerHello, bytes(hello?.bytes ?? ''), context);
  const { privateKey } = keyPairOf(trace, 'server');
  return {
    ...surroundingsKnown(),
    random: (length) => (length === random.length ? random : new Uint8Array(length)),
    keyAgreement: keyAgreementsFrom(() => bytes(privateKey)),
    sign: () => signatureOf(trace),
  };
}

function signatureOf({ messages }: Trace): Uint8Array {
  const said = messages.find(({ side, name }) => side === 'server' && name === 'CertificateVerify');
  return decodeMessage(CertificateVerify, bytes(said?.bytes ?? ''), context).signature;
}

async function settingsFor(trace: Trace): Promise<Settings> {
  const { section } = trace;
  const settings = await settingsOf(
    ...words,
    ...['-num_tickets', section === 3 ? '1' : '0'],
    ...['-record_size_limit', '16385'],
    ...(section === 5 ? ['-groups', 'P-256'] : []),
    ...(section === 6 ? ['-Verify', '1', '-verify_quiet'] : []),
    ...(section === 7 ? [] : ['-no_middlebox']),
  );
  // Section 4 has no certificate, but a server without one has no TLS 1.3.
  const credentials = [credentialOf(section === 4 ? traceOf(3) : trace)];
  return { ...(section === 4 ? resuming(settings) : settings), credentials };
}

/** resuming adds the session of the first trace, with early data. */
function resuming(settings: Settings): Settings {
  const session = sessionOfFirstTrace(surroundingsKnown().now());
  const earlyData = { accepts: true, max: 1024, receiveMax: 1024, replayGuard: undefined };
  const sessions = { size: 1, get: () => session, put: () => {}, remove: () => {} };
  return { ...settings, tickets: false, earlyData, sessions };
}

/**
 * credentialOf replaces the key of section 6, which is not in the RFC, by one of its kind, as the signature is given.
 */
function credentialOf(trace: Trace) {
  const said = trace.messages.find(({ side, name }) => side === 'server' && name === 'Certificate');
  const { certificateList } = decodeMessage(Certificate13, bytes(said?.bytes ?? ''), context);
  const key = trace.section === 6 ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : serverKey;
  return credential(
    key,
    certificateList.map(({ certData }) => certData),
  );
}
