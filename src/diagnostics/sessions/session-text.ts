import { upperHex } from '../../bytes/hex.ts';
import { hexDump } from '../../bytes/hex-dump.ts';
import { cipherSuite } from '../../names/cipher-suites.ts';
import { verifyErrorText } from '../../names/verify-errors.ts';
import { Version, versionName } from '../../names/versions.ts';
import type { Session } from '../../sessions/session.ts';

/**
 * sessionText is the block `SSL-Session:` of the status page. It discloses the session's secret, as the reference's
 * does.
 */
export function sessionText(session: Session): string {
  const tls13 = session.version === Version['TLSv1.3'];
  const lines = [
    'SSL-Session:',
    `    Protocol  : ${versionName(session.version)}`,
    `    Cipher    : ${cipherSuite(session.cipherSuite)?.name ?? fourDigits(session.cipherSuite)}`,
    `    Session-ID: ${upperHex(session.id)}`,
    `    Session-ID-ctx: ${upperHex(session.idContext)}`,
    `    ${tls13 ? 'Resumption PSK' : 'Master-Key'}: ${upperHex(session.secret)}`,
    `    PSK identity: ${session.pskIdentity ?? 'None'}`,
    `    PSK identity hint: ${session.pskIdentityHint ?? 'None'}`,
    `    SRP username: ${session.srpUsername ?? 'None'}`,
    ...ticketLines(session),
    ...(session.compression === 0 ? [] : [`    Compression: ${compressionName(session.compression)}`]),
    `    Start Time: ${session.time}`,
    `    Timeout   : ${session.timeout} (sec)`,
    `    Verify return code: ${session.verifyResult} (${verifyErrorText(session.verifyResult)})`,
    `    Extended master secret: ${session.extendedMasterSecret ? 'yes' : 'no'}`,
    ...(tls13 ? [`    Max Early Data: ${session.maxEarlyData}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** ticketLines' dump ends with an empty line of its own. */
function ticketLines({ ticket, ticketLifetimeHint }: Session): string[] {
  return [
    ...(ticketLifetimeHint === 0 ? [] : [`    TLS session ticket lifetime hint: ${ticketLifetimeHint} (seconds)`]),
    ...(ticket === undefined ? [] : ['    TLS session ticket:', hexDump(ticket, 4)]),
  ];
}

function compressionName(id: number): string {
  return id === 1 ? '1 (zlib compression)' : String(id);
}

function fourDigits(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
