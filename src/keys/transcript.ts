import { createHash, type Hash } from 'node:crypto';
import type { HashName } from '../crypto/primitives/hash.ts';
import { hashLength } from '../crypto/primitives/hash.ts';

interface Running {
  readonly name: HashName;
  readonly hash: Hash;
}

/**
 * Transcript covers all handshake messages so far. It keeps the messages themselves until the hash is known, and as
 * long as a client's CertificateVerify may choose another.
 */
export class Transcript {
  private messages: Uint8Array[] | undefined = [];
  private hashes: Running[] = [];

  add(message: Uint8Array): void {
    this.messages?.push(Uint8Array.from(message));
    for (const { hash } of this.hashes) hash.update(message);
  }

  /** Replaces the last message, as an encrypted hello by the one that it contained. */
  replaceLast(message: Uint8Array): void {
    if (this.messages === undefined) throw new Error('the messages have been forgotten');
    const names = this.hashes.map(({ name }) => name);
    this.hashes = [];
    this.messages = [...this.messages.slice(0, -1), Uint8Array.from(message)];
    this.use(...names);
  }

  /** Runs these hashes from here on: one, or MD5 and SHA-1 together up to TLS 1.1. */
  use(...names: HashName[]): void {
    for (const name of names) {
      if (this.running(name) !== undefined) continue;
      const hash = createHash(name);
      for (const message of this.messages ?? []) hash.update(message);
      this.hashes.push({ name, hash });
    }
  }

  /** Drops the messages: no further hash can be started. */
  forgetMessages(): void {
    this.messages = undefined;
  }

  /** A copy that continues independently with the running hashes; it cannot start others. */
  fork(): Transcript {
    const forked = new Transcript();
    forked.messages = undefined;
    forked.hashes = this.hashes.map(({ name, hash }) => ({ name, hash: hash.copy() }));
    return forked;
  }

  /** Releases the native hashes at the end of the handshake, so that an idle connection does not keep them. */
  end(): void {
    this.messages = undefined;
    this.hashes = [];
  }

  digest(name: HashName): Uint8Array {
    const hash = this.running(name);
    if (hash === undefined) throw new Error(`the transcript does not run ${name}`);
    return hash.copy().digest();
  }

  /** The hash of the messages and of a suffix, for SSL 3.0. */
  digestWith(name: HashName, ...suffix: Uint8Array[]): Uint8Array {
    const hash = this.running(name)?.copy();
    if (hash === undefined) throw new Error(`the transcript does not run ${name}`);
    for (const part of suffix) hash.update(part);
    return hash.digest();
  }

  /** The messages concatenated, for signatures that hash them on their own. */
  bytes(): Uint8Array {
    if (this.messages === undefined) throw new Error('the messages have been forgotten');
    return Buffer.concat(this.messages);
  }

  /** Replaces the first ClientHello by its hash after a HelloRetryRequest (RFC 8446 section 4.4.1). */
  replaceByHash(name: HashName): void {
    const digest = this.digest(name);
    this.hashes = [];
    this.messages = [messageHash(name, digest)];
    this.use(name);
  }

  /** Does the same with the second ClientHello already added: `firstHello` is the hash of the first one. */
  insertRetry(name: HashName, firstHello: Uint8Array, helloRetryRequest: Uint8Array): void {
    this.hashes = [];
    this.messages = [messageHash(name, firstHello), helloRetryRequest, ...(this.messages ?? [])];
    this.use(name);
  }

  /**
   * The hash with the last message truncated to `length` bytes, which a PSK binder covers (RFC 8446 section 4.2.11.2).
   */
  digestTruncated(name: HashName, length: number): Uint8Array {
    if (this.messages === undefined) throw new Error('the messages have been forgotten');
    const hash = createHash(name);
    for (const message of this.messages.slice(0, -1)) hash.update(message);
    return hash.update(this.messages.at(-1)?.subarray(0, length) ?? new Uint8Array(0)).digest();
  }

  private running(name: HashName): Hash | undefined {
    return this.hashes.find((it) => it.name === name)?.hash;
  }
}

/** The hash up to a HelloRetryRequest when only the hash of the first ClientHello is known. */
export function digestOfRetry(name: HashName, firstHello: Uint8Array, helloRetryRequest: Uint8Array): Uint8Array {
  return createHash(name).update(messageHash(name, firstHello)).update(helloRetryRequest).digest();
}

/** The message that replaces a first ClientHello (RFC 8446 section 4.4.1). */
function messageHash(name: HashName, digest: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(254, 0, 0, hashLength(name)), digest]);
}
