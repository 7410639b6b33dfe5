import type { DatagramGreeted } from '../handshake/carriers/datagram-greeting.ts';
import type { Settings } from '../handshake/flow/settings.ts';
import { ContentType } from '../names/content-types.ts';
import { State } from '../names/states.ts';
import { Version } from '../names/versions.ts';
import { readLength, reportedVersion } from './datagram-departures.ts';
import type { Observer } from './observer.ts';

/**
 * tellGreeting reports the events before there is a connection as the reference does: with `-listen` it reads datagrams
 * without a handshake; otherwise the handshake has begun, and continues in the connection.
 */
export function tellGreeting(
  tell: Observer,
  greeting: DatagramGreeted,
  datagram: Uint8Array,
  settings: Settings,
): void {
  if (greeting.what === 'drop' || greeting.what === 'part') return;
  const listens = settings.datagrams?.listens === true;
  if (greeting.what === 'start' && !listens) return;
  const { hello } = greeting;
  if (!listens) tell.state?.('accept', State.beforeInit);
  tell.read?.(datagram, readLength);
  tell.record?.('read', hello.header, ContentType.handshake, reportedVersion);
  if (!listens) tell.state?.('accept', State.beforeInit);
  tell.message?.('read', ContentType.handshake, version, hello.message);
  if (greeting.what === 'start') return;
  const { header, message } = greeting;
  if (listens) {
    tell.record?.('write', header, ContentType.handshake);
  } else {
    tell.state?.('accept', State.readClientHello);
    tell.record?.('write', header, ContentType.handshake, reportedVersion);
    tell.message?.('write', ContentType.handshake, version, message);
  }
  tell.write?.(Buffer.concat([header, message]));
  if (!listens) tell.state?.('accept', State.writeHelloVerifyRequest);
}

/** The highest version stands for one not negotiated yet, as in the reference. */
const version = Version['DTLSv1.2'];
