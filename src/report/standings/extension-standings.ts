import type { CodePoint } from '../../facts/decoding/value.ts';
import { type Judgement, judgement, type Standing } from './standing.ts';

export function extensionJudgement(point: CodePoint): Judgement {
  return judgement(point, table.get(point.code));
}

type Row = readonly [code: number, purpose: string];

/** Y in the column Recommended of the registry. */
const recommended: readonly Row[] = [
  [0, 'names the server that is meant (SNI)'],
  [2, 'lets the client give the address of its certificate'],
  [3, 'lists authorities that the client trusts, up to TLS 1.2'],
  [5, 'asks for an OCSP response with the certificate'],
  [6, 'announces hints about the user'],
  [10, 'lists the groups for key agreement'],
  [11, 'lists forms of points on curves, up to TLS 1.2'],
  [13, 'lists the schemes for signatures'],
  [14, 'asks for keys of SRTP'],
  [15, 'allows heartbeats'],
  [16, 'lists application protocols (ALPN)'],
  [17, 'asks for OCSP responses of the whole chain'],
  [19, 'lists the forms of certificates that the client may show'],
  [20, 'lists the forms of certificates that the server may show'],
  [21, 'fills the hello up to a length'],
  [22, 'asks for the MAC after encryption, up to TLS 1.2'],
  [23, "ties the session's secret to its handshake, up to TLS 1.2"],
  [24, 'asks for token binding'],
  [25, 'names what the client has in its cache'],
  [27, 'lists compressions of certificates'],
  [28, 'limits the length of records'],
  [33, 'allows a certificate beside a pre-shared key'],
  [34, 'allows delegated credentials'],
  [35, 'asks for or returns a session ticket, up to TLS 1.2'],
  [41, 'offers keys of sessions before, or keys set up beforehand'],
  [42, 'announces data before the handshake is over'],
  [43, 'lists the versions'],
  [44, 'returns the cookie of a HelloRetryRequest'],
  [45, 'says how pre-shared keys may be used'],
  [47, 'lists authorities for certificates of the server'],
  [48, 'filters certificates by their extensions'],
  [49, 'allows requests for a certificate after the handshake'],
  [50, 'lists the schemes for signatures in certificates'],
  [51, "has the client's shares for key agreement"],
  [52, 'asks for proofs of Certificate Transparency, of version 2'],
  [54, 'asks for connection ids'],
  [55, 'ties the handshake to an identity of SIP'],
  [56, 'ties the handshake to a session of SIP'],
  [57, 'has the transport parameters of QUIC'],
  [58, 'says how many tickets are wanted'],
  [61, 'allows checks of the path after a change of address'],
  [62, 'has flags that need no extension of their own'],
  [0xfe0d, 'holds an encrypted hello (ECH)'],
  [0xfd00, 'names extensions that the inner hello has in common with the outer one'],
  [0xff01, 'ties a renegotiation to its connection (RFC 5746)'],
];

/** N in that column, or not in the registry. */
const others: readonly Row[] = [
  [1, 'asks for shorter records'],
  [7, 'announces authorizations of the client'],
  [8, 'asks for authorizations of the server'],
  [9, 'lists the forms of certificates, OpenPGP too'],
  [12, 'names the user of a password (SRP)'],
  [18, 'asks for proofs of Certificate Transparency'],
  [26, 'asks for the long-term support profile of TLS 1.2'],
  [29, 'names the user of a password, protected'],
  [30, 'names the user of a password'],
  [31, 'returns the salt of a password'],
  [32, 'pins the server by its tickets'],
  [36, 'asks for keys shared with middleboxes (TLMSP)'],
  [37, 'asks for keys shared with middleboxes by a proxy (TLMSP)'],
  [38, 'delegates keys to middleboxes (TLMSP)'],
  [39, 'lists ciphers for keys of conferences (SRTP)'],
  [59, 'asks for a chain of DNSSEC with the certificate'],
  [60, 'lists encryptions of sequence numbers of DTLS'],
  [13172, 'asks for the protocol before ALPN (NPN)'],
  [17513, 'has settings of the application protocol (ALPS)'],
  [17613, 'has settings of the application protocol (ALPS)'],
  [0x754f, 'proves a key of the client (channel id)'],
  [0x7550, 'proves a key of the client (channel id)'],
  [0xca34, 'lists trust anchors of the client'],
  [0xfde8, 'announces a fault of old GOST libraries'],
  [0xffa5, 'has the transport parameters of drafts of QUIC'],
  [0xffce, 'encrypts the name of the server, a draft before ECH'],
];

/** D in that column. */
const discouraged: readonly Row[] = [
  [4, 'asks for shorter MACs, up to TLS 1.2'],
  [40, "has the client's shares in drafts of TLS 1.3"],
  [46, 'announced early data in drafts of TLS 1.3'],
  [53, 'asks for connection ids, a draft before RFC 9146'],
];

const table: ReadonlyMap<number, Judgement> = new Map([
  ...rowsOf(recommended, 'recommended', 'RFC 8447, registry of IANA'),
  ...rowsOf(others, 'legacy', 'RFC 8447, registry of IANA'),
  ...rowsOf(discouraged, 'discouraged', 'RFC 9847'),
]);

function rowsOf(rows: readonly Row[], standing: Standing, source: string): [number, Judgement][] {
  return rows.map(([code, purpose]) => [code, { standing, source, purpose }]);
}
