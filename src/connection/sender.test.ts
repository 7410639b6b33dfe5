import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContentType } from '../names/content-types.ts';
import { Version } from '../names/versions.ts';
import type { Channel, Departures } from './channel.ts';
import { Sender } from './sender.ts';

/** A sender, and what it passes on: the kind of content, its type, and the bytes. */
function recording() {
  const passed: string[] = [];
  const told: string[] = [];
  const departures: Partial<Departures> = {
    message(type, _version, bytes) {
      passed.push(`message ${type} ${bytes.join(' ')}`);
      return bytes;
    },
    signal: (type, _version, bytes) => passed.push(`signal ${type} ${bytes.join(' ')}`),
    content: (type, _version, bytes) => passed.push(`content ${type} ${bytes.join(' ')}`),
  };
  const channel: Partial<Channel> = {
    departures: departures as Departures,
    toldVersion: (version) => version,
  };
  const sender = new Sender(channel as Channel, { alert: (way, level, code) => told.push(`${way} ${level} ${code}`) });
  return { sender, passed, told };
}

test('everything leaves with its content type', () => {
  const { sender, passed } = recording();
  sender.message(Version['TLSv1.2'], Uint8Array.of(14, 0, 0, 0));
  sender.changeCipherSpec(Version['TLSv1.2']);
  sender.data(Version['TLSv1.2'], Uint8Array.of(120));
  assert.deepEqual(passed, [
    `message ${ContentType.handshake} 14 0 0 0`,
    `signal ${ContentType.changeCipherSpec} 1`,
    `content ${ContentType.applicationData} 120`,
  ]);
});

test('an alert is sent and told in the form that the version has', () => {
  const { sender, passed, told } = recording();
  sender.alert('fatal', 'decode_error', Version.SSLv3);
  sender.warn('close_notify', Version['TLSv1.3']);
  assert.deepEqual(passed, [`content ${ContentType.alert} 2 40`, `content ${ContentType.alert} 1 0`]);
  assert.deepEqual(told, ['write 2 40', 'write 1 0']);
});

test('an alert that the version does not have is neither sent nor told', () => {
  const { sender, passed, told } = recording();
  sender.warn('no_renegotiation', Version.SSLv3);
  assert.deepEqual([passed, told], [[], []]);
});
