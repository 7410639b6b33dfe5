// The rows of the table, in its order. A new row is a file here and a line below.
import { bytesSent, cbcBytesSent } from './bytes-sent.mjs';
import { facts } from './facts.mjs';
import { fullHandshake, hybridHandshake, resumedHandshake } from './handshakes.mjs';
import { idleMemory } from './idle-memory.mjs';
import { dheHandshake, rsaKeyExchange } from './older-handshakes.mjs';
import { programHandshake } from './program.mjs';
import { pskHandshakes } from './psk-handshakes.mjs';
import { startUp } from './start-up.mjs';

export const rows = [
  startUp,
  fullHandshake,
  resumedHandshake,
  pskHandshakes,
  hybridHandshake,
  rsaKeyExchange,
  dheHandshake,
  programHandshake,
  facts,
  bytesSent,
  cbcBytesSent,
  idleMemory,
];
