import { aText, type Json } from './decoding/value.ts';
import {
  anything,
  array,
  boolean,
  hexString,
  integer,
  nullable,
  object,
  optional,
  string,
  word,
} from './description.ts';

/** A server certificate, described for clients. */
export const ownCertificate = object({
  subject: aText(),
  names: array(aText(), 'its subject alternative names'),
  key: string('kind and size, such as `RSA 2048`'),
  fingerprint: hexString('SHA-256 of the certificate'),
  pin: string("SHA-256 of its public key in base64, as curl's --pinnedpubkey takes it behind `sha256//`"),
  validFrom: nullable(string('RFC 3339; null where the certificate has no sound time')),
  validTo: nullable(string()),
});

/** A number of OpenSSL's for an error of a verification; 0 is none. */
export const verifyError = object({ code: integer(), name: string(), text: string() });

export const transportName = word(['tcp', 'udp', 'unix']);

/** Facts of the program as a whole. */
export const programFacts = {
  start: {
    time: string('RFC 3339'),
    version: string(),
    node: string(),
    openssl: string(),
    argv: array(string(), 'secrets in it are `***`'),
    pid: integer(),
    seed: nullable(integer(), 'null unless the randomness was chosen'),
  },
  listening: {
    address: optional(string()),
    port: optional(integer()),
    path: optional(string('of a unix socket')),
    transport: transportName,
    certificates: array(ownCertificate),
    connect: array(string(), 'ready-made command lines of clients'),
  },
  verdict: {
    connection: optional(integer('the one that decided')),
    term: string('as it was written for -expect'),
    met: nullable(boolean(), 'null where no client came'),
    seen: string('what was there'),
  },
  exec: {
    status: nullable(integer(), 'exit status of the command'),
    signal: nullable(string(), 'that ended it'),
    error: nullable(string(), 'why it could not be started'),
  },
  verification: {
    id: optional(anything<Json>('of the request')),
    ok: boolean(),
    problem: optional(string('why the request could not be read; then nothing follows')),
    error: optional(verifyError),
    depth: optional(integer('of the last error')),
    chain: optional(array(aText(), 'subjects, leaf first')),
    untrusted: optional(integer('how many of them did not come from `trusted`')),
    faults: optional(
      array(object({ depth: integer(), subject: aText(), error: verifyError, goesOn: boolean() }), 'in their order'),
    ),
  },
  lost: {
    output: word(['json', 'pcapng'], 'the option whose output it is'),
    count: integer('lines, or packets'),
    why: string(),
  },
  end: {
    connections: integer(),
    established: integer(),
    failed: integer(),
    dropped: integer('lines that a reader who stopped has not got'),
    status: integer('exit code'),
    because: string('the signal, or what ended the server; with verdicts what decided the status'),
  },
};
