import { aCodePoint, anEndpoint, aText, aWay, type Json } from './decoding/value.ts';
import {
  anything,
  array,
  boolean,
  constant,
  either,
  hexString,
  integer,
  nullable,
  number,
  object,
  optional,
  string,
  word,
} from './description.ts';
import { ownCertificate, transportName, verifyError } from './program-facts.ts';

const extension = object({
  code: integer(),
  name: nullable(string("IANA's; null where there is none that we know")),
  openssl: optional(string()),
  grease: optional(constant(true)),
  value: anything<Json>('by its wire description; null where there is none'),
  bytes: hexString(),
});

const pskIdentity = object({ identity: hexString(), obfuscatedTicketAge: integer() });

/** Members of a hello in the order of writing. */
export const helloMembers = {
  legacyVersion: aCodePoint(),
  random: hexString(),
  sessionId: hexString(),
  cipherSuites: array(aCodePoint()),
  compressionMethods: array(integer()),
  versions: array(aCodePoint(), 'of supported_versions; empty where the extension is missing'),
  groups: array(aCodePoint()),
  keyShares: array(aCodePoint(), 'groups that there is a share for'),
  signatureAlgorithms: array(aCodePoint()),
  signatureAlgorithmsCert: array(aCodePoint()),
  alpn: array(aText()),
  serverName: nullable(aText()),
  pskModes: array(aCodePoint()),
  pskIdentities: array(pskIdentity),
  extensions: array(extension, 'in the order on the wire'),
  ech: nullable(word(['outer', 'inner']), 'form of encrypted_client_hello (RFC 9849); null where it is not there'),
  ja3: string('MD5 of `ja3_raw`'),
  ja3_raw: string(),
  ja3n: string('as `ja3`, of the extensions in the order of their numbers'),
  ja4: string(),
  ja4_r: string('`ja4` without hashes'),
  length: integer('bytes of the handshake message with its header'),
};

/** A client's certificate or raw public key. */
const clientIdentity = object({
  subject: nullable(aText(), 'null of a bare key'),
  names: array(aText(), 'subject alternative names'),
  fingerprint: hexString('SHA-256 of the certificate or key'),
  verified: boolean(),
});

const resumption = word(['no', 'ticket', 'id', 'psk']);

/** Of the records that each side receives. */
const connectionIds = object(
  { ours: hexString(), theirs: hexString() },
  'DTLS connection ids that were agreed on (RFC 9146), in the records to us and to the client',
);

/** Facts of a handshake, each with the number of its connection. */
export const handshakeFacts = {
  connected: {
    remote: nullable(anEndpoint(), 'null on a unix socket'),
    local: nullable(anEndpoint()),
    transport: transportName,
  },
  clientHello: {
    number: integer(
      '2 after a HelloRetryRequest, or in a renegotiation; one that came encrypted has that of the one around it',
    ),
    ...helloMembers,
    records: integer('records or datagrams that it came in'),
    reads: array(integer(), 'pieces in which the transport delivered it, in bytes'),
  },
  message: {
    way: aWay(),
    type: integer(),
    name: nullable(string()),
    version: aCodePoint(),
    length: integer('bytes of its body'),
    value: anything<Json>('by the descriptions that -trace uses'),
    bytes: optional(hexString('with -json_bytes: the message with its header')),
  },
  record: {
    way: aWay(),
    type: aCodePoint(),
    version: aCodePoint(),
    length: integer(),
    protected: boolean(),
    epoch: optional(integer('on datagrams')),
    sequence: optional(integer()),
  },
  choice: {
    what: word(['version', 'suite', 'group', 'scheme', 'certificate', 'alpn', 'psk', 'ticket', 'sni']),
    chosen: nullable(either(aCodePoint(), aText()), 'null where nothing was found'),
    from: array(either(aCodePoint(), aText()), "the client's offer"),
    ours: array(either(aCodePoint(), aText())),
    why: string(),
  },
  verify: {
    depth: integer(),
    subject: aText(),
    error: verifyError,
    goesOn: boolean(),
  },
  fetch: {
    what: word(['ocsp', 'crl']),
    url: aText(),
    result: string('`found`, or why not'),
  },
  secret: {
    label: string(),
    clientRandom: hexString(),
    secret: hexString(),
  },
  established: {
    version: aCodePoint(),
    suite: aCodePoint(),
    group: nullable(aCodePoint()),
    scheme: nullable(aCodePoint(), 'that we have signed with; null up to TLS 1.1, where there is none to choose'),
    resumed: resumption,
    pskIdentity: optional(aText("of the client's pre-shared key")),
    earlyData: word(['none', 'accepted', 'rejected']),
    alpn: nullable(aText()),
    sni: nullable(aText()),
    ech: nullable(string(), 'what became of an encrypted hello; null where we have no keys for one'),
    connectionIds: optional(connectionIds),
    certificate: nullable(ownCertificate, 'the one that was shown; null on a resumption'),
    client: nullable(clientIdentity),
    milliseconds: number('since `connected`'),
  },
  renegotiated: {
    suite: aCodePoint(),
    group: nullable(aCodePoint()),
    scheme: nullable(aCodePoint()),
    resumed: resumption,
    connectionIds: optional(connectionIds),
    client: nullable(clientIdentity),
  },
};
