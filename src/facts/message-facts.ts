import { hex } from '../bytes/hex.ts';
import type { Way } from '../connection/observer.ts';
import { KeyUpdate } from '../messages/key-update.ts';
import { handshakeTypeName } from '../names/handshake-types.ts';
import { laterHandshakeTypeName } from '../names/later-names.ts';
import { isDtls } from '../names/versions.ts';
import { versionPoint } from './decoding/code-points.ts';
import { messageJson } from './decoding/message-json.ts';
import type { TellOf } from './fact-stream.ts';
import { Negotiated, withoutFragmentNumbers } from './negotiated.ts';

/** MessageFacts reports each handshake message, decoded by its description. */
export class MessageFacts {
  private readonly tell: TellOf<'message' | 'keyUpdate'>;
  private readonly withBytes: boolean;
  private readonly negotiated = new Negotiated();

  constructor(tell: TellOf<'message' | 'keyUpdate'>, withBytes: boolean) {
    this.tell = tell;
    this.withBytes = withBytes;
  }

  message(way: Way, version: number, bytes: Uint8Array): void {
    const [type = 0] = bytes;
    if (way === 'write') this.negotiated.sent(type, version, bytes);
    const { keyExchange, anonymous } = this.negotiated;
    const body = (isDtls(version) ? withoutFragmentNumbers(bytes) : bytes).subarray(headerLength);
    const form = {
      version,
      anonymous,
      rawPublicKey: this.negotiated.rawPublicKey(way),
      ...(keyExchange && { keyExchange }),
    };
    const side = way === 'read' ? 'in' : 'out';
    this.tell('message', {
      way: side,
      type,
      name: handshakeTypeName(type) ?? laterHandshakeTypeName(type) ?? null,
      version: versionPoint(version),
      length: body.length,
      value: messageJson(type, body, form),
      ...(this.withBytes && { bytes: hex(bytes) }),
    });
    if (type === KeyUpdate.type) this.tell('keyUpdate', { way: side, requested: body[0] === 1 });
  }
}

const headerLength = 4;
