import { Malformed } from '../bytes/malformed.ts';
import type { Way } from '../connection/observer.ts';
import { EncryptedExtensions } from '../messages/encrypted-extensions.ts';
import { clientCertificateType } from '../messages/extensions/client-certificate-type.ts';
import { type Extension, findExtension } from '../messages/extensions/extension.ts';
import { serverCertificateType } from '../messages/extensions/server-certificate-type.ts';
import { decodeMessage } from '../messages/message.ts';
import { ServerHello } from '../messages/server-hello.ts';
import { cipherSuite, type KeyExchange } from '../names/cipher-suites.ts';
import { isDtls } from '../names/versions.ts';

/** Negotiated keeps the results of messages that are needed to decode later ones. */
export class Negotiated {
  keyExchange: KeyExchange | undefined;
  /** The suite signs no ServerKeyExchange. */
  anonymous = false;
  private rawKeys: Readonly<Record<Way, boolean>> = { read: false, write: false };

  /** rawPublicKey reports if the sender in this direction uses a raw public key instead of certificates. */
  rawPublicKey(way: Way): boolean {
    return this.rawKeys[way];
  }

  /** sent observes our own messages. */
  sent(type: number, version: number, message: Uint8Array): void {
    const bytes = isDtls(version) ? withoutFragmentNumbers(message) : message;
    try {
      if (type === ServerHello.type) this.hello(decodeMessage(ServerHello, bytes, { version }));
      if (type === EncryptedExtensions.type) {
        this.certificateTypes(decodeMessage(EncryptedExtensions, bytes, { version }).extensions);
      }
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
  }

  private hello({ cipherSuite: code, extensions = [] }: ServerHello): void {
    const suite = cipherSuite(code);
    this.keyExchange = suite?.keyExchange;
    this.anonymous = suite?.authentication === 'None' || suite?.authentication === 'SRP';
    this.certificateTypes(extensions);
  }

  private certificateTypes(extensions: readonly Extension[]): void {
    this.rawKeys = {
      read: findExtension(clientCertificateType, 'encryptedExtensions', extensions) === rawPublicKeyType,
      write: findExtension(serverCertificateType, 'encryptedExtensions', extensions) === rawPublicKeyType,
    };
  }
}

/** RFC 7250 section 3 */
const rawPublicKeyType = 2;

/** withoutFragmentNumbers converts a DTLS message to the header of streams (RFC 6347 section 4.2.2). */
export function withoutFragmentNumbers(message: Uint8Array): Uint8Array {
  return Buffer.concat([message.subarray(0, 4), message.subarray(12)]);
}
