import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DatagramGreeted } from '../handshake/carriers/datagram-greeting.ts';
import type { Settings } from '../handshake/flow/settings.ts';
import { tellGreeting } from './greeting-events.ts';
import { type Observer, observerEvents } from './observer.ts';

const hello = { header: Uint8Array.of(22), message: Uint8Array.of(1, 2), random: new Uint8Array(32) };
const reply: DatagramGreeted = { what: 'reply', hello, header: Uint8Array.of(22, 3), message: Uint8Array.of(3) };
const start: DatagramGreeted = { what: 'start', hello };

/** The names of the events about this greeting, with the direction where there is one. */
function eventsAbout(greeting: DatagramGreeted, listens: boolean): string[] {
  const told: string[] = [];
  const tell: Record<string, (...facts: unknown[]) => void> = {};
  for (const event of observerEvents)
    tell[event] = (way) => told.push(typeof way === 'string' ? `${event} ${way}` : event);
  const settings: Partial<Settings> = { datagrams: { listens } as NonNullable<Settings['datagrams']> };
  tellGreeting(tell as Observer, greeting, new Uint8Array(3), settings as Settings);
  return told;
}

test('a request for a cookie is told as a part of the handshake', () => {
  assert.deepEqual(eventsAbout(reply, false), [
    ...['state accept', 'read', 'record read', 'state accept', 'message read'],
    ...['state accept', 'record write', 'message write', 'write', 'state accept'],
  ]);
});

test('with -listen datagrams are told without a handshake, those with a cookie too', () => {
  assert.deepEqual(eventsAbout(reply, true), ['read', 'record read', 'message read', 'record write', 'write']);
  assert.deepEqual(eventsAbout(start, true), ['read', 'record read', 'message read']);
});

test('a hello that begins a connection is told there, and other datagrams nowhere', () => {
  assert.deepEqual(eventsAbout(start, false), []);
  assert.deepEqual(eventsAbout({ what: 'drop' }, true), []);
  assert.deepEqual(eventsAbout({ what: 'part' }, true), []);
});
