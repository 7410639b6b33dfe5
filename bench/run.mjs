// `npm run bench [-- --quick] [ROW...]` measures and prints a table. README.md beside this file describes the
// measurements.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { selfSigned } from '../dist/src/x509/self-signed.js';
import { certificateFiles } from '../dist/test/certificates.js';
import { opensslVersion, startClient } from './processes.mjs';
import { rows } from './rows/index.mjs';
import { tableHead, tableLine } from './table.mjs';

const words = process.argv.slice(2);
const quick = words.includes('--quick');
const wanted = words.filter((word) => word !== '--quick');
const unknown = wanted.filter((word) => !rows.some(({ name }) => name === word));
if (unknown.length > 0) {
  process.stderr.write(`No row ${unknown.join(', ')}; there are ${rows.map(({ name }) => name).join(', ')}\n`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const client = startClient();
try {
  const bench = { quick, client, rsa, ...identity() };
  process.stdout.write(`${about()}\n\n${tableHead}\n`);
  for (const row of rows) {
    if (wanted.length > 0 && !wanted.includes(row.name)) continue;
    for (const line of await row.measure(bench)) process.stdout.write(`${tableLine(line)}\n`);
  }
} finally {
  await client.stop();
  rmSync(folder, { recursive: true });
}

/** identity makes a P-256 key and certificate for this run. */
function identity() {
  const { key, certificate } = selfSigned({ names: ['localhost', '127.0.0.1'], now: Date.now(), random: randomBytes });
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  const lines = Buffer.from(certificate).toString('base64').replace(/.{64}/g, '$&\n');
  writeFileSync(certFile, `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`);
  writeFileSync(keyFile, key.export({ type: 'pkcs8', format: 'pem' }));
  return { certFile, keyFile };
}

/** rsa does the same with an RSA key of 2048 bits. */
function rsa() {
  const { certificate, key } = certificateFiles({ after: (end) => process.on('exit', end) }, 'RSA');
  return { certFile: certificate, keyFile: key };
}

function about() {
  const cores = availableParallelism();
  const mode = quick ? ', quick' : '';
  return `${cores} cores, Node ${process.version}, ${opensslVersion() ?? 'no openssl'}, ${process.platform}${mode}`;
}
