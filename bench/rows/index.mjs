// The rows of the table, in its order. A new row is a file here and a line below.
import { bytesSent } from './bytes-sent.mjs';
import { fullHandshake, resumedHandshake } from './handshakes.mjs';
import { idleMemory } from './idle-memory.mjs';
import { programHandshake } from './program.mjs';
import { startUp } from './start-up.mjs';

export const rows = [startUp, fullHandshake, resumedHandshake, programHandshake, bytesSent, idleMemory];
