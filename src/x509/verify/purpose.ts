import { KeyUsage, NetscapeType } from '../extensions/usage.ts';
import { type Authority, authorityOf, forbids } from './authority.ts';
import type { Purpose } from './parameters.ts';
import { isCritical, oids, type PathCertificate } from './path-certificate.ts';
import { type Run, Verify } from './run.ts';
import { trustOf } from './trust.ts';

/**
 * checkPurpose checks the certificate at this depth for the purpose. Trust settings of a store's certificate override
 * its extensions.
 * @throws {Refused}
 */
export function checkPurpose(run: Run, depth: number, purpose: Purpose, role: 'leaf' | 'authority'): void {
  const certificate = run.at(depth);
  const { parameters } = run;
  const trust =
    depth >= run.untrusted && purpose === parameters.purpose
      ? trustOf(certificate, parameters, 'does not count')
      : 'untrusted';
  if (trust === 'trusted') return;
  const suits = trust === 'rejected' ? 'no' : suitability(certificate, purpose, role);
  if (suits === 'no' || (suits === 'tolerated' && parameters.strict)) run.fault(Verify.invalidPurpose, depth);
}

type Suits = 'yes' | 'tolerated' | 'no';

function suitability(certificate: PathCertificate, purpose: Purpose, role: 'leaf' | 'authority'): Suits {
  if (certificate.isInvalid) return 'tolerated';
  if (purpose === 'any') return 'yes';
  const use = uses[purpose];
  if (use.extended && !hasExtendedUsage(certificate, use.extended)) return 'no';
  return role === 'authority' ? authoritySuits(certificate, use.netscapeAuthority) : use.leaf(certificate);
}

interface Use {
  /** An extended key usage must have one of them. */
  readonly extended?: readonly string[];
  /** Bits that the Netscape type of an authority must have, if it has no other evidence. */
  readonly netscapeAuthority: number | undefined;
  leaf(certificate: PathCertificate): Suits;
}

const email = ['1.3.6.1.5.5.7.3.4'];
/** Server authentication, and server gated cryptography of Microsoft and Netscape. */
const server = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.4.1.311.10.3.3', '2.16.840.1.113730.4.1'];
const timeStamping = '1.3.6.1.5.5.7.3.8';

const uses: Readonly<Record<Exclude<Purpose, 'any'>, Use>> = {
  sslclient: {
    extended: ['1.3.6.1.5.5.7.3.2'],
    netscapeAuthority: NetscapeType.sslAuthority,
    leaf: (certificate) =>
      when(
        !forbids(certificate, KeyUsage.digitalSignature | KeyUsage.keyAgreement) &&
          netscapeAllows(certificate, NetscapeType.sslClient),
      ),
  },
  sslserver: { extended: server, netscapeAuthority: NetscapeType.sslAuthority, leaf: serverSuits },
  nssslserver: {
    extended: server,
    netscapeAuthority: NetscapeType.sslAuthority,
    leaf: (certificate) => (forbids(certificate, KeyUsage.keyEncipherment) ? 'no' : serverSuits(certificate)),
  },
  smimesign: {
    extended: email,
    netscapeAuthority: NetscapeType.smimeAuthority,
    leaf: (certificate) =>
      forbids(certificate, KeyUsage.digitalSignature | KeyUsage.nonRepudiation) ? 'no' : emailSuits(certificate),
  },
  smimeencrypt: {
    extended: email,
    netscapeAuthority: NetscapeType.smimeAuthority,
    leaf: (certificate) => (forbids(certificate, KeyUsage.keyEncipherment) ? 'no' : emailSuits(certificate)),
  },
  crlsign: { netscapeAuthority: undefined, leaf: (certificate) => when(!forbids(certificate, KeyUsage.crlSign)) },
  ocsphelper: { netscapeAuthority: undefined, leaf: () => 'yes' },
  timestampsign: { netscapeAuthority: undefined, leaf: (certificate) => when(isForTimeStamps(certificate)) },
};

function when(holds: boolean): Suits {
  return holds ? 'yes' : 'no';
}

/** hasExtendedUsage gives `anyExtendedKeyUsage` no meaning, as OpenSSL 3.0 does. */
function hasExtendedUsage({ extendedKeyUsage }: PathCertificate, usages: readonly string[]): boolean {
  return extendedKeyUsage === undefined || usages.some((oid) => extendedKeyUsage.has(oid));
}

function netscapeAllows({ netscapeType }: PathCertificate, types: number): boolean {
  return netscapeType === undefined || (netscapeType & types) !== 0;
}

function authoritySuits(certificate: PathCertificate, netscapeAuthority: number | undefined): Suits {
  const authority: Authority = authorityOf(certificate);
  if (authority === 'no') return 'no';
  if (authority === 'yes') return 'yes';
  const needsType = authority === 'netscape' && netscapeAuthority !== undefined;
  if (needsType && !netscapeAllows(certificate, netscapeAuthority)) return 'no';
  // OpenSSL accepts any evidence of an authority for TLS.
  return netscapeAuthority === NetscapeType.sslAuthority ? 'yes' : 'tolerated';
}

function serverSuits(certificate: PathCertificate): Suits {
  const usages = KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyAgreement;
  return when(netscapeAllows(certificate, NetscapeType.sslServer) && !forbids(certificate, usages));
}

/** emailSuits tolerates the Netscape type of TLS clients, which was issued for mail. */
function emailSuits(certificate: PathCertificate): Suits {
  if (netscapeAllows(certificate, NetscapeType.smime)) return 'yes';
  return netscapeAllows(certificate, NetscapeType.sslClient) ? 'tolerated' : 'no';
}

/** isForTimeStamps applies RFC 3161 section 2.3. */
function isForTimeStamps(certificate: PathCertificate): boolean {
  const { keyUsage, extendedKeyUsage } = certificate;
  const usages = KeyUsage.nonRepudiation | KeyUsage.digitalSignature;
  const hasOther = keyUsage !== undefined && (keyUsage & ~usages) !== 0;
  if (hasOther || forbids(certificate, usages)) return false;
  return (
    extendedKeyUsage?.size === 1 && extendedKeyUsage.has(timeStamping) && isCritical(certificate, oids.extendedKeyUsage)
  );
}
