import { createECDH, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { encode, opaque, struct, u8, u16 } from '../src/bytes/wire.ts';
import { Aead } from '../src/crypto/aead.ts';
import { cipherOf } from '../src/crypto/ciphers.ts';
import { hkdfExpand, hkdfExtract } from '../src/crypto/hkdf.ts';
import { ClientHello } from '../src/messages/client-hello.ts';
import { echInfo } from '../src/messages/ech-config.ts';
import { echOuterExtensions } from '../src/messages/extensions/ech-outer-extensions.ts';
import { encryptedClientHello } from '../src/messages/extensions/encrypted-client-hello.ts';
import { type Extension, encodeExtension } from '../src/messages/extensions/extension.ts';
import { keyShare } from '../src/messages/extensions/key-share.ts';
import { serverName } from '../src/messages/extensions/server-name.ts';
import { signatureAlgorithms } from '../src/messages/extensions/signature-algorithms.ts';
import { supportedGroups } from '../src/messages/extensions/supported-groups.ts';
import { supportedVersions } from '../src/messages/extensions/supported-versions.ts';
import { encodeMessage } from '../src/messages/message.ts';
import { Version } from '../src/names/versions.ts';
import { type EchKeyPair, rawKey } from '../src/x509/files/ech-keys.test.fixture.ts';

const x25519 = 0x1d;
const secp384r1 = 0x18;
const suite = { kdf: 1, aead: 1 };
const tls13 = { version: Version['TLSv1.3'] };

/**
 * HpkeSender is the sending side of HPKE in its base mode with X25519, HKDF-SHA256 and AES-128-GCM (RFC 9180), for two
 * messages.
 */
export class HpkeSender {
  readonly encapsulated: Uint8Array;
  private readonly aead: Aead;
  private readonly baseNonce: Uint8Array;
  private sequence = 0;

  constructor(publicKey: KeyObject, info: Uint8Array) {
    const own = generateKeyPairSync('x25519');
    this.encapsulated = rawKey(own.publicKey);
    const agreed = diffieHellman({ privateKey: own.privateKey, publicKey });
    const kemId = Buffer.from('KEM\0\x20', 'latin1');
    const suiteId = Buffer.from('HPKE\0\x20\0\x01\0\x01', 'latin1');
    const kemContext = Buffer.concat([this.encapsulated, rawKey(publicKey)]);
    const shared = expand(kemId, extract(kemId, '', 'eae_prk', agreed), 'shared_secret', kemContext, 32);
    const hashes = [extract(suiteId, '', 'psk_id_hash', ''), extract(suiteId, '', 'info_hash', info)];
    const context = Buffer.concat([Uint8Array.of(0), ...hashes]);
    const secret = extract(suiteId, shared, 'secret', '');
    const cipher = cipherOf('AESGCM(128)');
    if (cipher?.kind !== 'aead') throw new Error('no AES-GCM');
    this.aead = new Aead(cipher, expand(suiteId, secret, 'key', context, 16));
    this.baseNonce = expand(suiteId, secret, 'base_nonce', context, 12);
  }

  seal(additionalData: Uint8Array, plaintext: Uint8Array): Uint8Array {
    const nonce = Uint8Array.from(this.baseNonce);
    nonce[11] = (nonce[11] ?? 0) ^ this.sequence++;
    return this.aead.seal(nonce, additionalData, plaintext);
  }
}

/** InnerOptions are the content of the inner hello, with deliberate faults. */
export interface InnerOptions {
  readonly versions?: readonly number[];
  /** Types to reference instead of groups, algorithms and shares, which are in the outer hello. */
  readonly references?: readonly number[];
  /** The type in the inner hello's own extension; undefined: the extension is missing. */
  readonly type?: 'inner' | 'outer' | undefined;
  readonly sessionId?: Uint8Array;
  readonly padding?: Uint8Array;
  /** Further extensions. */
  readonly added?: readonly Extension[];
}

export const innerRandom: Uint8Array = Uint8Array.from({ length: 32 }, (_, index) => index);

export interface Share {
  readonly group: number;
  readonly keyExchange: Uint8Array;
}

/** shared returns the extensions that the inner hello shares with the outer one. */
function shared(share: Share): Extension[] {
  return [
    encodeExtension(supportedGroups, 'clientHello', [x25519, secp384r1]),
    encodeExtension(signatureAlgorithms, 'clientHello', [0x0403, 0x0804, 0x0807]),
    encodeExtension(keyShare, 'clientHello', [share]),
  ];
}

const basePoint = Uint8Array.from({ length: 32 }, (_, index) => (index === 0 ? 9 : 0));
const firstShare: Share = { group: x25519, keyExchange: basePoint };

/** A share of the second group that both sides support. */
export const secondShare: Share = { group: secp384r1, keyExchange: curveShare() };

function curveShare(): Uint8Array {
  const pair = createECDH('secp384r1');
  return pair.generateKeys();
}

/** innerHello is the whole inner hello, as in both transcripts. */
export function innerHello(share: Share = firstShare): Uint8Array {
  const extensions = innerExtensions({}, shared(share));
  const hello = { ...helloWith(extensions), random: innerRandom, sessionId: outerSessionId };
  return encodeMessage(ClientHello, hello, tls13);
}

/** encodedInner is the part of it that is encrypted, with padding. */
export function encodedInner(options: InnerOptions = {}): Uint8Array {
  const { sessionId = new Uint8Array(0), padding = new Uint8Array(16) } = options;
  const references = options.references ?? shared(firstShare).map(({ type }) => type);
  const reference = encodeExtension(echOuterExtensions, 'clientHello', references);
  const extensions = innerExtensions(options, [reference]);
  const hello = encode(ClientHello.wire(tls13), { ...helloWith(extensions), random: innerRandom, sessionId });
  return Buffer.concat([hello, padding]);
}

function innerExtensions(options: InnerOptions, middle: readonly Extension[]): Extension[] {
  const { versions = [Version['TLSv1.3']], added = [] } = options;
  const type = 'type' in options ? options.type : 'inner';
  return [
    ...(type === 'inner' ? [encodeExtension(encryptedClientHello, 'clientHello', { type: 1, value: {} })] : []),
    ...(type === 'outer' ? [outerExtension(new Uint8Array(0), Uint8Array.of(1))] : []),
    encodeExtension(supportedVersions, 'clientHello', versions),
    ...middle,
    nameExtension('inner.example'),
    ...added,
  ];
}

export interface OuterOptions {
  readonly sender: HpkeSender;
  readonly encoded: Uint8Array;
  readonly configId?: number;
  readonly aead?: number;
  /** Empty in a second hello. */
  readonly encapsulated?: Uint8Array;
  readonly share?: Share;
  readonly added?: readonly Extension[];
}

const outerSessionId = new Uint8Array(32).fill(5);

/** outerHello is the hello around an encrypted one, as one message. */
export function outerHello(options: OuterOptions): Uint8Array {
  const { sender, encoded, encapsulated = sender.encapsulated, share = firstShare, added = [] } = options;
  const helloAround = (payload: Uint8Array) => ({
    ...helloWith([
      encodeExtension(supportedVersions, 'clientHello', [Version['TLSv1.3'], Version['TLSv1.2']]),
      ...shared(share),
      nameExtension('front.example'),
      outerExtension(encapsulated, payload, options),
      ...added,
    ]),
    sessionId: outerSessionId,
  });
  const empty = encode(ClientHello.wire(tls13), helloAround(new Uint8Array(encoded.length + 16)));
  return encodeMessage(ClientHello, helloAround(sender.seal(empty, encoded)), tls13);
}

export function sender({ publicKey, config }: EchKeyPair): HpkeSender {
  return new HpkeSender(publicKey, echInfo(config));
}

/** helloWithExtension has exactly these bytes as its extension; undefined: no extension. */
export function helloWithExtension(body: Uint8Array | undefined, share: Share = firstShare): Uint8Array {
  const versions = encodeExtension(supportedVersions, 'clientHello', [Version['TLSv1.3']]);
  return encodeMessage(
    ClientHello,
    helloWith([versions, ...shared(share), ...(body ? [{ type: encryptedClientHello.code, body }] : [])]),
    tls13,
  );
}

const OuterForm = struct({
  type: u8,
  kdf: u16,
  aead: u16,
  configId: u8,
  enc: opaque(0, 65535),
  payload: opaque(0, 65535),
});

function outerExtension(
  enc: Uint8Array,
  payload: Uint8Array,
  { configId = 7, aead = suite.aead }: Pick<OuterOptions, 'configId' | 'aead'> = {},
): Extension {
  const body = encode(OuterForm, { type: 0, kdf: suite.kdf, aead, configId, enc, payload });
  return { type: encryptedClientHello.code, body };
}

function helloWith(extensions: readonly Extension[]) {
  return {
    legacyVersion: Version['TLSv1.2'],
    random: new Uint8Array(32).fill(0xaa),
    sessionId: new Uint8Array(0),
    cipherSuites: [0x1301],
    compressionMethods: [0],
    extensions,
  };
}

function nameExtension(name: string): Extension {
  return encodeExtension(serverName, 'clientHello', [{ nameType: 0, name: Buffer.from(name) }]);
}

function extract(suiteId: Uint8Array, salt: Uint8Array | '', label: string, input: Uint8Array | ''): Uint8Array {
  return hkdfExtract('sha256', Buffer.from(salt), named(suiteId, label, Buffer.from(input)));
}

function expand(suiteId: Uint8Array, secret: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array {
  return hkdfExpand('sha256', secret, Buffer.concat([Uint8Array.of(0, length), named(suiteId, label, info)]), length);
}

function named(suiteId: Uint8Array, label: string, value: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from('HPKE-v1'), suiteId, Buffer.from(label), value]);
}
