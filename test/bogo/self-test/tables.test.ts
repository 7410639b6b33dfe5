import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { problems } from '../../../src/names/problems.ts';
import { refusedFlags } from '../flags/refused.ts';
import { flags } from '../plan.ts';
import { flagsInScope } from './flags-in-scope.ts';

interface Configuration {
  readonly DisabledTests: Readonly<Record<string, string>>;
  readonly ErrorMap: Readonly<Record<string, readonly string[]>>;
}

const { DisabledTests, ErrorMap } = JSON.parse(readFileSync('test/bogo/config.json', 'utf8')) as Configuration;

/** Codes of the shim itself, for what the engine cannot know. */
const ownCodes = ['dataAfterShutdown', 'invalidTimestampList'];

test('every flag of the tests in scope is handled, or refused with a reason in words', () => {
  const unknown = flagsInScope.filter((name) => !Object.hasOwn(flags, name) && !Object.hasOwn(refusedFlags, name));
  assert.deepEqual(unknown, []);
});

test('a refused flag has a reason, and is not handled', () => {
  for (const [name, reason] of Object.entries(refusedFlags)) {
    assert.ok(!Object.hasOwn(flags, name), name);
    assert.match(reason, /^\S+ \S+ \S+/, name);
  }
});

test('the map of errors names codes that exist', () => {
  const codes = Object.values(ErrorMap).flatMap((texts) => texts.flatMap((text) => /^:(\w+):/.exec(text)?.[1] ?? []));
  const unknown = codes.filter((code) => !Object.hasOwn(problems, code) && !ownCodes.includes(code));
  assert.deepEqual(unknown, []);
});

test('the map of errors has the names that the runner uses most, in its form', () => {
  for (const name of frequentErrors) assert.ok((ErrorMap[`:${name}:`] ?? []).length > 0, name);
});

test('a disabled test has a reason in words', () => {
  for (const [pattern, reason] of Object.entries(DisabledTests)) {
    assert.match(reason, /^\S+( \S+){4,}/, pattern);
    assert.doesNotMatch(reason, /\bfail(s|ed)?\b/i, pattern);
  }
});

const frequentErrors = `
CERTIFICATE_VERIFY_FAILED BAD_ECPOINT NO_SHARED_CIPHER OCSP_CB_ERROR WRONG_SIGNATURE_TYPE BAD_SIGNATURE
UNEXPECTED_MESSAGE UNSUPPORTED_PROTOCOL DECODE_ERROR EXCESS_HANDSHAKE_DATA UNEXPECTED_RECORD
NO_COMMON_SIGNATURE_ALGORITHMS DIGEST_CHECK_FAILED CLIENTHELLO_PARSE_FAILED ERROR_PARSING_EXTENSION
DECRYPTION_FAILED_OR_BAD_RECORD_MAC TOO_MUCH_READ_EARLY_DATA WRONG_VERSION_NUMBER NO_RENEGOTIATION
NO_APPLICATION_PROTOCOL INVALID_ALPN_PROTOCOL PARSE_TLSEXT KEY_USAGE_BIT_INCORRECT CONNECTION_REJECTED BAD_ALERT
HTTP_REQUEST PEER_DID_NOT_RETURN_A_CERTIFICATE
`
  .trim()
  .split(/\s+/);
