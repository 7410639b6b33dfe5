import { readFileSync } from 'node:fs';
import { Malformed } from '../../bytes/malformed.ts';
import { BadVerifierFile, readVerifierFile, type SrpUsers } from '../../crypto/srp/srp-verifier-file.ts';
import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import { type ErrorLine, problems } from '../../names/problems.ts';
import type { Session } from '../../sessions/session.ts';
import { sessionFromPem } from '../../sessions/session-der.ts';
import { systemFault } from '../../x509/files/store.ts';
import type { Parsed } from '../command-line/parse.ts';
import type { Options } from '../options/index.ts';
import type { Output } from '../output/output.ts';
import { Stop } from '../output/stop.ts';
import { knownIdentities } from './known-identities.ts';

/**
 * sharedSecrets reads the keys and passwords that replace a certificate: `-psk`, `-psk_file`, `-psk_session` and
 * `-srpvfile` with their companions. It reports in the reference's order.
 * @throws {Stop}
 */
export function sharedSecrets(
  parsed: Parsed,
  output: Output,
): Pick<Settings, 'psk' | 'lookUpPsk' | 'pskSession' | 'pskHint' | 'srpUsers'> {
  const { options } = parsed;
  const { psk: key, psk_identity: identity = defaultIdentity, srpvfile, srpuserseed, psk_session: file } = options;
  if (options.debug && key !== undefined) output.out('PSK key given, setting server callback\n');
  const pskHint = hintOf(options, output);
  return {
    ...(key !== undefined && { psk: { identity, key } }),
    ...knownIdentities(parsed, identity, output),
    ...(pskHint && { pskHint }),
    ...(file !== undefined && { pskSession: { identity, session: sessionIn(file) } }),
    ...(srpvfile !== undefined && { srpUsers: usersIn(srpvfile, srpuserseed) }),
  };
}

const defaultIdentity = 'Client_identity';
/** Maximum bytes, which RFC 4279 leaves to implementations; this is the reference's. */
const maxHint = 256;

function hintOf({ psk_hint: text, tls1_3 }: Options, output: Output): Uint8Array | undefined {
  if (text === undefined) return undefined;
  if (tls1_3) {
    output.out('PSK warning: there is NO identity hint in TLSv1.3\n');
    return undefined;
  }
  const hint = Buffer.from(text);
  if (hint.length <= maxHint) return hint;
  const line = { library: 20, ...problems.dataLengthTooLong, function: 'SSL_CTX_use_psk_identity_hint' };
  throw new Stop(`error setting PSK identity hint to context\n${errorLines([line])}`);
}

function sessionIn(file: string): Session {
  const text = sessionText(file);
  try {
    return sessionFromPem(text);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new Stop(`Can't read PSK session file ${file}\n${errorLines([noSession])}`);
  }
}

function sessionText(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    throw new Stop(`Can't open PSK session file ${file}\n${errorLines(cannotOpenLines(file, error))}`);
  }
}

function cannotOpenLines(file: string, error: unknown): ErrorLine[] {
  const { errno, text } = systemFault(error);
  const bio = { library: 32, function: 'BIO_new_file' };
  return [
    { library: 2, reason: errno, text, function: 'BIO_new_file', extra: `calling fopen(${file}, r)` },
    errno === noSuchFile
      ? { ...bio, reason: 128, text: 'no such file' }
      : { ...bio, reason: 0x80002, text: 'system lib' },
  ];
}

const noSuchFile = 2;

const noSession: ErrorLine = {
  library: 9,
  reason: 108,
  text: 'no start line',
  function: 'get_name',
  extra: 'Expecting: SSL SESSION PARAMETERS',
};

function usersIn(file: string, seed: string | undefined): SrpUsers {
  try {
    return readVerifierFile(textOf(file), seed);
  } catch (error) {
    const result = error instanceof BadVerifierFile ? error.result : cannotOpen;
    throw new Stop(`Cannot initialize SRP verifier file "${file}":ret=${result}\n`);
  }
}

const cannotOpen = 3;

/** textOf reads a directory as an empty file, as the reference does. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR') return '';
    throw error;
  }
}
