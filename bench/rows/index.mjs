// The rows of the table, in its order. A new row is a file here and a line below.
import { bytesSent, cbcBytesSent } from './bytes-sent.mjs';
import { fullHandshake, resumedHandshake } from './handshakes.mjs';
import { idleMemory } from './idle-memory.mjs';
import { dheHandshake, rsaKeyExchange } from './older-handshakes.mjs';
import { programHandshake } from './program.mjs';
import { startUp } from './start-up.mjs';

export const rows = [
  startUp,
  fullHandshake,
  resumedHandshake,
  rsaKeyExchange,
  dheHandshake,
  programHandshake,
  bytesSent,
  cbcBytesSent,
  idleMemory,
];
