import { hkdfExpandLabel, hkdfExtract } from '../crypto/hkdf.ts';
import { type HashName, hash, hashLength, hmac } from '../crypto/primitives/hash.ts';

const none = new Uint8Array(0);

/** A secret that protects the traffic of one direction (RFC 8446 section 7.1). */
export type TrafficSecret = Uint8Array;

/** EarlySecret is the key schedule of TLS 1.3 before the key exchange, which depends on the PSK alone. */
export class EarlySecret {
  private readonly secret: Uint8Array;
  readonly hash: HashName;

  /** Without a PSK, a string of zeros of the hash length. */
  constructor(hashName: HashName, psk: Uint8Array = new Uint8Array(hashLength(hashName))) {
    this.hash = hashName;
    this.secret = hkdfExtract(hashName, none, psk);
  }

  /** The key of the binders. */
  binderKey(kind: 'ext binder' | 'res binder'): Uint8Array {
    return derive(this.hash, this.secret, kind, hash(this.hash));
  }

  clientEarlyTraffic(clientHello: Uint8Array): TrafficSecret {
    return derive(this.hash, this.secret, 'c e traffic', clientHello);
  }

  earlyExporter(clientHello: Uint8Array): Uint8Array {
    return derive(this.hash, this.secret, 'e exp master', clientHello);
  }

  /** `shared` is undefined when a PSK is used alone. */
  handshake(shared: Uint8Array | undefined): HandshakeSecret {
    const salt = derive(this.hash, this.secret, 'derived', hash(this.hash));
    return new HandshakeSecret(
      this.hash,
      hkdfExtract(this.hash, salt, shared ?? new Uint8Array(hashLength(this.hash))),
    );
  }
}

/**
 * HandshakeSecret is the key schedule after the key exchange. The transcript hash that each secret covers is an
 * argument.
 */
export class HandshakeSecret {
  private readonly secret: Uint8Array;
  readonly hash: HashName;

  constructor(hashName: HashName, secret: Uint8Array) {
    this.hash = hashName;
    this.secret = secret;
  }

  clientTraffic(toServerHello: Uint8Array): TrafficSecret {
    return derive(this.hash, this.secret, 'c hs traffic', toServerHello);
  }

  serverTraffic(toServerHello: Uint8Array): TrafficSecret {
    return derive(this.hash, this.secret, 's hs traffic', toServerHello);
  }

  master(): MasterSecret {
    const salt = derive(this.hash, this.secret, 'derived', hash(this.hash));
    return new MasterSecret(this.hash, hkdfExtract(this.hash, salt, new Uint8Array(hashLength(this.hash))));
  }
}

export class MasterSecret {
  private readonly secret: Uint8Array;
  readonly hash: HashName;

  constructor(hashName: HashName, secret: Uint8Array) {
    this.hash = hashName;
    this.secret = secret;
  }

  clientTraffic(toServerFinished: Uint8Array): TrafficSecret {
    return derive(this.hash, this.secret, 'c ap traffic', toServerFinished);
  }

  serverTraffic(toServerFinished: Uint8Array): TrafficSecret {
    return derive(this.hash, this.secret, 's ap traffic', toServerFinished);
  }

  exporter(toServerFinished: Uint8Array): Uint8Array {
    return derive(this.hash, this.secret, 'exp master', toServerFinished);
  }

  resumption(toClientFinished: Uint8Array): Uint8Array {
    return derive(this.hash, this.secret, 'res master', toClientFinished);
  }
}

/** RFC 8446 section 7.2 */
export function nextTraffic(hashName: HashName, secret: TrafficSecret): TrafficSecret {
  return hkdfExpandLabel(hashName, secret, 'traffic upd', none, hashLength(hashName));
}

/** RFC 8446 section 7.3 */
export function trafficKeys(
  hashName: HashName,
  secret: TrafficSecret,
  keyLength: number,
): { key: Uint8Array; iv: Uint8Array } {
  return {
    key: hkdfExpandLabel(hashName, secret, 'key', none, keyLength),
    iv: hkdfExpandLabel(hashName, secret, 'iv', none, 12),
  };
}

/** The verify_data of Finished and the value of a binder (RFC 8446 section 4.4.4). */
export function finishedMac(hashName: HashName, secret: Uint8Array, transcript: Uint8Array): Uint8Array {
  const key = hkdfExpandLabel(hashName, secret, 'finished', none, hashLength(hashName));
  return hmac(hashName, key, transcript);
}

/** The PSK of a ticket (RFC 8446 section 4.6.1). */
export function resumptionPsk(hashName: HashName, resumption: Uint8Array, nonce: Uint8Array): Uint8Array {
  return hkdfExpandLabel(hashName, resumption, 'resumption', nonce, hashLength(hashName));
}

/** RFC 8446 section 7.5 */
export function exportKeys(
  hashName: HashName,
  exporter: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Uint8Array {
  const secret = derive(hashName, exporter, label, hash(hashName));
  return hkdfExpandLabel(hashName, secret, 'exporter', hash(hashName, context), length);
}

function derive(hashName: HashName, secret: Uint8Array, label: string, transcript: Uint8Array): Uint8Array {
  return hkdfExpandLabel(hashName, secret, label, transcript, hashLength(hashName));
}
