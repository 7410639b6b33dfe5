import { decode } from '../bytes/wire.ts';
import { fragmentHeaderLength } from '../handshake/datagram-assembly.ts';
import type { DatagramGreeted, GreetedHello } from '../handshake/datagram-greeting.ts';
import type { Settings } from '../handshake/settings.ts';
import { ClientHello } from '../messages/client-hello.ts';
import type { Extension } from '../messages/extensions/extension.ts';
import { ContentType } from '../names/content-types.ts';
import { extensionDebugName } from '../names/extensions.ts';
import { State } from '../names/states.ts';
import { Version } from '../names/versions.ts';
import { readLength, untoldVersion } from './datagram-outgoing.ts';
import type { Observer } from './observer.ts';

/**
 * Tells what happens before there is a connection as the reference does: with `-listen` it looks at datagrams without
 * a handshake; otherwise the handshake has begun, and goes on in the connection.
 */
export function tellGreeting(
  tell: Observer,
  greeting: DatagramGreeted,
  datagram: Uint8Array,
  settings: Settings,
): void {
  if (greeting.what === 'drop') return;
  const listens = settings.datagrams?.listens === true;
  if (greeting.what === 'start' && !listens) return;
  const { hello } = greeting;
  if (!listens) tell.state?.('accept', State.beforeInit);
  tell.read?.(datagram, readLength);
  tell.record?.('read', hello.header, ContentType.handshake, untoldVersion);
  if (!listens) tell.state?.('accept', State.beforeInit);
  tell.message?.('read', ContentType.handshake, version, hello.message);
  if (greeting.what === 'start') return;
  const { header, message } = greeting;
  if (listens) {
    tell.record?.('write', header, ContentType.handshake);
  } else {
    tellExtensions(tell, hello);
    tell.state?.('accept', State.readClientHello);
    tell.record?.('write', header, ContentType.handshake, untoldVersion);
    tell.message?.('write', ContentType.handshake, version, message);
  }
  tell.write?.(Buffer.concat([header, message]));
  if (!listens) tell.state?.('accept', State.writeHelloVerifyRequest);
}

/** They are looked at again when it comes again. */
function tellExtensions(tell: Observer, { message }: GreetedHello): void {
  if (tell.extension === undefined) return;
  for (const { type, body } of extensionsOf(message.subarray(fragmentHeaderLength))) {
    if (extensionDebugName(type) !== undefined) tell.extension('read', type, body);
  }
}

/** None of a hello that is not in one piece. */
function extensionsOf(body: Uint8Array): readonly Extension[] {
  try {
    return decode(ClientHello.wire({ version }), body).extensions ?? [];
  } catch {
    return [];
  }
}

/** Before one is agreed on the highest there is counts, as in the reference. */
const version = Version['DTLSv1.2'];
