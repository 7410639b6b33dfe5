import { readFileSync } from 'node:fs';
import { type HelloJson, receivedHello } from '../facts/received-hello.ts';
import { ClientHello } from '../messages/client-hello.ts';
import type { Extension } from '../messages/extensions/extension.ts';
import { encodeMessage } from '../messages/message.ts';
import { Version } from '../names/versions.ts';

/** Bytes of a hello of a real client. */
export function goldenBytes(name: string): Buffer {
  return Buffer.from(readFileSync(`test/golden/hellos/${name}.hex`, 'latin1').replace(/\s/g, ''), 'hex');
}

export function helloJson(raw: Uint8Array): HelloJson {
  const hello = receivedHello(raw);
  if (hello === undefined) throw new Error('not a ClientHello');
  return hello.toJSON();
}

/** An extension by its code, its body in hexadecimal. */
export function extensionOf(type: number, body = ''): Extension {
  return { type, body: Buffer.from(body.replaceAll(' ', ''), 'hex') };
}

/** Extensions of a hello that no rule applies to. */
export const blameless = {
  groups: extensionOf(10, '0004 11ec 001d'),
  schemes: extensionOf(13, '0006 0403 0804 0401'),
  extendedMasterSecret: extensionOf(23),
  versions: extensionOf(43, '04 0304 0303'),
  pskModes: extensionOf(45, '01 01'),
  renegotiation: extensionOf(0xff01, '00'),
} as const;

/** A message that no rule applies to, with these fields instead. */
export function madeHello(fields: Partial<ClientHello> = {}): Uint8Array {
  const hello = {
    legacyVersion: Version['TLSv1.2'],
    random: new Uint8Array(32),
    sessionId: new Uint8Array(0),
    cipherSuites: [0x1301, 0xc02b],
    compressionMethods: [0],
    extensions: Object.values(blameless),
    ...fields,
  };
  return encodeMessage(ClientHello, hello, { version: Version['TLSv1.2'] });
}

/** The extensions with one replaced, or left out. */
export function withExtension(name: keyof typeof blameless, instead?: Extension): Extension[] {
  const others = Object.values(blameless).filter((it) => it !== blameless[name]);
  return instead === undefined ? others : [...others, instead];
}
