import { equal } from '../../bytes/hex.ts';
import type { Wire } from '../../bytes/wire.ts';
import { Certificate, RawPublicKey12 } from '../../messages/certificate.ts';
import { CertificateRequest } from '../../messages/certificate-request.ts';
import { ClientHello } from '../../messages/client-hello.ts';
import { EncryptedExtensions } from '../../messages/encrypted-extensions.ts';
import type { Place } from '../../messages/extensions/extension.ts';
import { handshakeKinds } from '../../messages/handshake-kinds.ts';
import { isTls13, type MessageContext } from '../../messages/message.ts';
import { NewSessionTicket } from '../../messages/new-session-ticket.ts';
import { helloRetryRequestRandom, ServerHello } from '../../messages/server-hello.ts';
import type { Json } from './value.ts';
import { wireJson } from './wire-json.ts';

export interface MessageForm extends MessageContext {
  /** Certificate has a raw public key. */
  readonly rawPublicKey: boolean;
}

/** messageJson decodes the body of a handshake message; null without a description. */
export function messageJson(type: number, body: Uint8Array, form: MessageForm): Json {
  const wire = wireOf(type, form);
  return wire === undefined ? null : wireJson(wire, body, placeOf(type, body));
}

function wireOf(type: number, form: MessageForm): Wire<unknown> | undefined {
  const isBareKey = type === Certificate.type && form.rawPublicKey && !isTls13(form);
  return (isBareKey ? RawPublicKey12 : handshakeKinds.get(type))?.wire(form);
}

function placeOf(type: number, body: Uint8Array): Place | undefined {
  const asksAgain = type === ServerHello.type && equal(body.subarray(2, 34), helloRetryRequestRandom);
  return asksAgain ? 'helloRetryRequest' : places.get(type);
}

const places: ReadonlyMap<number, Place> = new Map<number, Place>([
  [ClientHello.type, 'clientHello'],
  [ServerHello.type, 'serverHello'],
  [EncryptedExtensions.type, 'encryptedExtensions'],
  [Certificate.type, 'certificate'],
  [CertificateRequest.type, 'certificateRequest'],
  [NewSessionTicket.type, 'newSessionTicket'],
]);
