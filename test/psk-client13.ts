import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { decode, encode } from '../src/bytes/wire.ts';
import { hash } from '../src/crypto/primitives/hash.ts';
import type { Incoming } from '../src/handshake/flow/flow.ts';
import { protection13 } from '../src/handshake/flow/protections.ts';
import { EarlySecret, finishedMac, type HandshakeSecret, nextTraffic, resumptionPsk } from '../src/keys/schedule13.ts';
import { Transcript } from '../src/keys/transcript.ts';
import { Certificate13 } from '../src/messages/certificate.ts';
import { CertificateRequest13 } from '../src/messages/certificate-request.ts';
import { ClientHello } from '../src/messages/client-hello.ts';
import { EncryptedExtensions } from '../src/messages/encrypted-extensions.ts';
import { EndOfEarlyData } from '../src/messages/end-of-early-data.ts';
import { earlyData } from '../src/messages/extensions/early-data.ts';
import { type Extension, encodeExtension, findExtension } from '../src/messages/extensions/extension.ts';
import { keyShare } from '../src/messages/extensions/key-share.ts';
import { postHandshakeAuth } from '../src/messages/extensions/post-handshake-auth.ts';
import { PskBinders, preSharedKey } from '../src/messages/extensions/pre-shared-key.ts';
import { PskKeyExchangeMode, pskKeyExchangeModes } from '../src/messages/extensions/psk-key-exchange-modes.ts';
import { signatureAlgorithms } from '../src/messages/extensions/signature-algorithms.ts';
import { supportedGroups } from '../src/messages/extensions/supported-groups.ts';
import { supportedVersions } from '../src/messages/extensions/supported-versions.ts';
import { Finished } from '../src/messages/finished.ts';
import { KeyUpdate, KeyUpdateRequest } from '../src/messages/key-update.ts';
import { encodeMessage, type Kind } from '../src/messages/message.ts';
import { NewSessionTicket13 } from '../src/messages/new-session-ticket.ts';
import { ServerHello } from '../src/messages/server-hello.ts';
import { cipherSuite } from '../src/names/cipher-suites.ts';
import { ContentType } from '../src/names/content-types.ts';
import { Version } from '../src/names/versions.ts';
import { StreamWire } from './client-wires.ts';

const sha256 = 'sha256';
const x25519 = 0x001d;
const version = Version['TLSv1.3'];
const context = { version };
const none: Uint8Array = new Uint8Array(0);

/** A key that both sides know, configured or from a ticket. */
export interface KnownKey {
  readonly identity: Uint8Array;
  readonly secret: Uint8Array;
  readonly binder: 'ext binder' | 'res binder';
  /** ticket_age_add; 0 for a configured key. */
  readonly ageAdd: number;
}

/** A client of TLS 1.3 that knows a key and TLS_AES_128_GCM_SHA256. It updates keys and has no certificate. */
export class PskClient13 {
  done = false;
  /** Early data was accepted. */
  accepted = false;
  readonly received: string[] = [];
  /** Application data behind the server's close_notify. */
  readonly late: string[] = [];
  /** Levels and descriptions. */
  readonly alerts: string[] = [];
  /** Tickets of the server, as keys for the next connection. */
  readonly tickets: KnownKey[] = [];
  readonly wire: StreamWire;
  private readonly key: KnownKey;
  private readonly own = generateKeyPairSync('x25519');
  private readonly suite = cipherSuite(0x1301) ?? fail();
  private readonly transcript = new Transcript();
  private readonly early: EarlySecret;
  private earlyTexts: readonly string[] = [];
  private handshake: HandshakeSecret | undefined;
  /** Of the keys of the moment: handshake keys first, those of application data then. */
  private secrets: { client: Uint8Array; server: Uint8Array } = { client: none, server: none };
  private resumption: Uint8Array = none;
  private requests: { readonly context: Uint8Array; readonly transcript: Transcript }[] = [];

  constructor(key: KnownKey, send: (bytes: Uint8Array) => void) {
    this.key = key;
    this.early = new EarlySecret(sha256, key.secret);
    this.wire = new StreamWire({ send });
    this.transcript.use(sha256);
  }

  /** `texts`: early data, a record each, for a key from a ticket. */
  hello(...texts: readonly string[]): void {
    this.earlyTexts = texts;
    const empty = this.helloWith(new Uint8Array(32));
    const covered = empty.subarray(0, empty.length - encode(PskBinders, [new Uint8Array(32)]).length);
    this.add(this.helloWith(finishedMac(sha256, this.early.binderKey(this.key.binder), hash(sha256, covered))));
    this.wire.departures.flush();
    if (texts.length === 0) return;
    this.writeWith('early', this.early.clientEarlyTraffic(this.transcript.digest(sha256)));
    for (const text of texts) this.write(text);
  }

  write(text: string): void {
    this.content(ContentType.applicationData, Buffer.from(text));
  }

  close(): void {
    this.content(ContentType.alert, Uint8Array.of(1, 0));
  }

  content(type: number, content: Uint8Array): void {
    this.wire.departures.content(type, version, content);
  }

  updateKeys(request: keyof typeof KeyUpdateRequest): void {
    this.send(KeyUpdate, { requestUpdate: KeyUpdateRequest[request] });
    this.secrets.client = nextTraffic(sha256, this.secrets.client);
    this.writeWith('application', this.secrets.client);
  }

  /** Answers the oldest request for a certificate with none. */
  answerRequest(): void {
    const request = this.requests.shift();
    if (request === undefined) return;
    const { transcript } = request;
    const certificate = { certificateRequestContext: request.context, certificateList: [] };
    transcript.add(encodeMessage(Certificate13, certificate, context));
    this.send(Certificate13, certificate);
    this.send(Finished, { verifyData: finishedMac(sha256, this.secrets.client, transcript.digest(sha256)) });
  }

  receive(bytes: Uint8Array): void {
    for (const { type, content } of this.wire.open(bytes)) {
      if (type === ContentType.applicationData)
        (this.alerts.includes('1 0') ? this.late : this.received).push(Buffer.from(content).toString());
      if (type === ContentType.alert) this.alerts.push(content.join(' '));
      if (type !== ContentType.handshake) continue;
      this.wire.assemble(content);
      for (let next = this.wire.take(); next; next = this.wire.take()) this.message(next);
    }
  }

  private helloWith(binder: Uint8Array): Uint8Array {
    const { x = '' } = this.own.publicKey.export({ format: 'jwk' });
    const { identity, ageAdd } = this.key;
    const extensions: Extension[] = [
      encodeExtension(supportedVersions, 'clientHello', [version]),
      encodeExtension(supportedGroups, 'clientHello', [x25519]),
      encodeExtension(signatureAlgorithms, 'clientHello', [0x0403, 0x0807]),
      encodeExtension(pskKeyExchangeModes, 'clientHello', [PskKeyExchangeMode.pskDheKe]),
      encodeExtension(keyShare, 'clientHello', [{ group: x25519, keyExchange: Buffer.from(x, 'base64url') }]),
      encodeExtension(postHandshakeAuth, 'clientHello', {}),
      ...(this.earlyTexts.length > 0 ? [encodeExtension(earlyData, 'clientHello', {})] : []),
      encodeExtension(preSharedKey, 'clientHello', {
        identities: [{ identity, obfuscatedTicketAge: ageAdd }],
        binders: [binder],
      }),
    ];
    const fixed = { legacyVersion: Version['TLSv1.2'], random: new Uint8Array(32).fill(9), sessionId: none };
    const hello = { ...fixed, cipherSuites: [this.suite.code], compressionMethods: [0], extensions };
    return encodeMessage(ClientHello, hello, context);
  }

  private message({ type, body, bytes }: Incoming): void {
    if (this.done) {
      this.later(type, body, bytes);
      return;
    }
    const toHere = type === Finished.type ? this.transcript.digest(sha256) : none;
    this.transcript.add(bytes);
    if (type === ServerHello.type) this.agree(body);
    if (type === EncryptedExtensions.type) this.endEarlyData(body);
    if (type === Finished.type) this.finish(body, toHere);
  }

  private agree(body: Uint8Array): void {
    const { extensions = [] } = decode(ServerHello.wire(context), body);
    const share = findExtension(keyShare, 'serverHello', extensions) ?? fail();
    const x = Buffer.from(share.keyExchange).toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
    const handshake = this.early.handshake(diffieHellman({ privateKey: this.own.privateKey, publicKey }));
    const toHere = this.transcript.digest(sha256);
    this.handshake = handshake;
    this.secrets = { client: handshake.clientTraffic(toHere), server: handshake.serverTraffic(toHere) };
    this.readWith('handshake', this.secrets.server);
  }

  /** RFC 8446 section 4.5: its end is a message of its own, under the early keys; nothing ends what was not accepted. */
  private endEarlyData(body: Uint8Array): void {
    const { extensions } = decode(EncryptedExtensions.wire(context), body);
    this.accepted = findExtension(earlyData, 'encryptedExtensions', extensions) !== undefined;
  }

  private finish(body: Uint8Array, toHere: Uint8Array): void {
    const expected = finishedMac(sha256, this.secrets.server, toHere);
    if (!Buffer.from(expected).equals(body)) fail();
    const master = (this.handshake ?? fail()).master();
    const toServerFinished = this.transcript.digest(sha256);
    if (this.accepted) this.add(encodeMessage(EndOfEarlyData, {}, context));
    this.writeWith('handshake', this.secrets.client);
    const verifyData = finishedMac(sha256, this.secrets.client, this.transcript.digest(sha256));
    this.add(encodeMessage(Finished, { verifyData }, context));
    this.wire.departures.flush();
    this.secrets = { client: master.clientTraffic(toServerFinished), server: master.serverTraffic(toServerFinished) };
    this.writeWith('application', this.secrets.client);
    this.readWith('application', this.secrets.server);
    this.resumption = master.resumption(this.transcript.digest(sha256));
    this.done = true;
  }

  private later(type: number, body: Uint8Array, bytes: Uint8Array): void {
    if (type === NewSessionTicket13.type) {
      const { ticket, ticketNonce, ticketAgeAdd } = decode(NewSessionTicket13.wire(context), body);
      const secret = resumptionPsk(sha256, this.resumption, ticketNonce);
      this.tickets.push({ identity: Uint8Array.from(ticket), secret, binder: 'res binder', ageAdd: ticketAgeAdd });
    } else if (type === KeyUpdate.type) {
      this.secrets.server = nextTraffic(sha256, this.secrets.server);
      this.readWith('application', this.secrets.server);
      const { requestUpdate } = decode(KeyUpdate.wire(context), body);
      if (requestUpdate === KeyUpdateRequest.updateRequested) this.updateKeys('updateNotRequested');
    } else if (type === CertificateRequest13.type) {
      const { certificateRequestContext } = decode(CertificateRequest13.wire(context), body);
      const transcript = this.transcript.fork();
      transcript.add(bytes);
      this.requests.push({ context: Uint8Array.from(certificateRequestContext), transcript });
    }
  }

  /** A message of the handshake, which counts in its transcript. */
  private add(bytes: Uint8Array): void {
    this.transcript.add(this.wire.departures.message(ContentType.handshake, version, bytes));
  }

  /** A message after it. */
  private send<T>(kind: Kind<T>, value: T): void {
    this.wire.departures.message(ContentType.handshake, version, encodeMessage(kind, value, context));
    this.wire.departures.flush();
  }

  private readWith(phase: 'handshake' | 'application', secret: Uint8Array): void {
    this.wire.departures.protectReading(phase, protection13(this.suite, sha256, secret));
  }

  private writeWith(phase: 'early' | 'handshake' | 'application', secret: Uint8Array): void {
    this.wire.departures.protectWriting(phase, protection13(this.suite, sha256, secret));
  }
}

function fail(): never {
  throw new Error('the server does not keep to the protocol');
}
