import type { CodePoint } from '../facts/decoding/value.ts';
import type { HelloJson } from '../facts/received-hello.ts';
import { renegotiationInfo } from '../messages/extensions/renegotiation-info.ts';
import { signatureAlgorithms } from '../messages/extensions/signature-algorithms.ts';
import { tlsVersionOf, Version } from '../names/versions.ts';
import { suiteKinds } from './standings/suite-standings.ts';
import { dtls13 } from './standings/version-standings.ts';

/** Offer answers the questions of the rules about a ClientHello. */
export class Offer {
  /** What is offered in order, without GREASE; legacy_version where there is no supported_versions. */
  readonly versions: readonly CodePoint[];
  readonly hello: HelloJson;

  constructor(hello: HelloJson) {
    this.hello = hello;
    const listed = hello.versions.filter(({ grease }) => !grease);
    this.versions = listed.length > 0 ? listed : [hello.legacyVersion];
  }

  /** Versions before TLS 1.2, DTLS 1.0 too. */
  get oldVersions(): readonly CodePoint[] {
    return this.versions.filter(({ code }) => isBefore12(code));
  }

  get offersTls13(): boolean {
    return this.hello.versions.some(({ code }) => is13(code));
  }

  /** True where a server may choose TLS 1.2 or an earlier version. */
  get offersUpTo12(): boolean {
    return this.versions.some(({ code }) => !is13(code));
  }

  /** True where TLS 1.2 has to take the default of RFC 5246 section 7.4.1.4.1: SHA-1. */
  get leavesHashesToDefault(): boolean {
    return this.offersUpTo12 && this.oldVersions.length < this.versions.length && !this.has(signatureAlgorithms.code);
  }

  get signalsSecureRenegotiation(): boolean {
    return this.has(renegotiationInfo.code) || this.hello.cipherSuites.some(({ code }) => code === renegotiationSignal);
  }

  /** True where all suites leave old connections readable to whoever gets the key. */
  get lacksForwardSecrecy(): boolean {
    const lasting = [...this.suites(suiteKinds.staticKeys), ...this.suites(suiteKinds.pskAlone)];
    const suites = this.hello.cipherSuites.filter(({ name }) => name !== null && !suiteKinds.signal.test(name));
    return suites.length > 0 && lasting.length === suites.length;
  }

  /** @param extension is its code */
  has(extension: number): boolean {
    return this.hello.extensions.some(({ code }) => code === extension);
  }

  suites(kind: RegExp): readonly CodePoint[] {
    return this.hello.cipherSuites.filter(({ name }) => name !== null && kind.test(name));
  }

  /** Schemes of signatures in handshakes and in certificates, each once. */
  schemes(isKind: (scheme: CodePoint) => boolean): readonly CodePoint[] {
    const all = [...this.hello.signatureAlgorithms, ...this.hello.signatureAlgorithmsCert].filter(isKind);
    return [...new Map(all.map((it) => [it.code, it])).values()];
  }
}

export function isBefore12(code: number): boolean {
  return tlsVersionOf(code) < Version['TLSv1.2'];
}

function is13(code: number): boolean {
  return code === Version['TLSv1.3'] || code === dtls13;
}

/** TLS_EMPTY_RENEGOTIATION_INFO_SCSV. */
const renegotiationSignal = 0x00ff;
