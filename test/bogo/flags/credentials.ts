import { readFileSync } from 'node:fs';
import { decode, opaque, vector } from '../../../src/bytes/wire.ts';
import { InfoContext, type ServerInfo } from '../../../src/handshake/flow/server-info.ts';
import type { Settings } from '../../../src/handshake/flow/settings.ts';
import { credentialsFrom } from '../../../src/server/options/credentials.ts';
import type { Credential } from '../../../src/x509/files/credential.ts';
import { perhapsLater } from './callbacks.ts';
import { BadValue, base64, type FlagTable, inert, path, toggle } from './flag.ts';

/** The server's certificate, and what goes with it. */
export interface CredentialPlan {
  readonly stepwise: boolean;
  keyFile: string | undefined;
  certFile: string | undefined;
  ocspResponse: Uint8Array | undefined;
  /** What the callback says to the client's question about the status; undefined without a callback. */
  ocspCallback: 'staple' | 'decline' | 'fail' | undefined;
  timestamps: Uint8Array | undefined;
}

export function credentialPlan(): Omit<CredentialPlan, 'stepwise'> {
  return {
    keyFile: undefined,
    certFile: undefined,
    ocspResponse: undefined,
    ocspCallback: undefined,
    timestamps: undefined,
  };
}

export const credentialFlags: FlagTable<CredentialPlan> = {
  'key-file': path((plan, file) => {
    plan.keyFile = file;
  }),
  'cert-file': path((plan, file) => {
    plan.certFile = file;
  }),
  'ocsp-response': base64((plan, response) => {
    plan.ocspResponse = response;
  }),
  'use-ocsp-callback': toggle((plan) => {
    plan.ocspCallback ??= 'staple';
  }),
  'set-ocsp-in-callback': toggle((plan) => {
    plan.ocspCallback ??= 'staple';
  }),
  'decline-ocsp-callback': toggle((plan) => {
    plan.ocspCallback = 'decline';
  }),
  'fail-ocsp-callback': toggle((plan) => {
    plan.ocspCallback = 'fail';
  }),
  // A client's flag: a server staples whenever it is asked.
  'enable-ocsp-stapling': inert(),
  'signed-cert-timestamps': base64((plan, list) => {
    checkTimestamps(list);
    plan.timestamps = list;
  }),
};

export function credentialSettings(plan: CredentialPlan): Partial<Settings> {
  const credentials = credentialsOf(plan);
  const { ocspResponse: response, ocspCallback, timestamps } = plan;
  const asks = response !== undefined || ocspCallback !== undefined;
  return {
    credentials,
    ...(asks && {
      ocsp: () =>
        perhapsLater(plan, () => {
          if (ocspCallback === 'fail') return 'fatal';
          return ocspCallback === 'decline' ? [] : [response];
        }),
    }),
    ...(timestamps && { serverInfo: timestampInfo(timestamps, credentials) }),
  };
}

/** RFC 6962 section 3.3: a list of at least one timestamp of at least one byte. @throws {BadValue} */
function checkTimestamps(list: Uint8Array): void {
  try {
    decode(vector(opaque(1, 0xffff), 1, 0xffff), list);
  } catch {
    throw new BadValue(':invalidTimestampList:');
  }
}

function credentialsOf({ keyFile, certFile }: CredentialPlan): readonly Credential[] {
  if (keyFile === undefined || certFile === undefined) return [];
  return credentialsFrom({ key: readFileSync(keyFile), cert: readFileSync(certFile) }, 0);
}

/** signed_certificate_timestamp, RFC 6962 section 3.3.1. */
function timestampInfo(list: Uint8Array, [credential]: readonly Credential[]): ServerInfo {
  const { clientHello, serverHello12, certificate, notResumed } = InfoContext;
  return {
    keyType: credential?.keyType,
    extensions: [{ type: 18, context: clientHello | serverHello12 | certificate | notResumed, body: list }],
  };
}
