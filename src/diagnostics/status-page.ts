import { toPem } from '../bytes/pem.ts';
import type { SessionInfo } from '../handshake/flow/session-info.ts';
import { type CipherSuite, suiteVersion } from '../names/cipher-suites.ts';
import { isGrease } from '../names/grease.ts';
import { peerSignatureLines, secureRenegotiationLine } from './connection-report.ts';
import { echSentence } from './handshake/server-name-lines.ts';
import {
  certificateAuthorityLines,
  sharedGroupsLine,
  sharedSignatureAlgorithmsLine,
  signatureAlgorithmsLine,
  supportedGroupsLine,
} from './sessions/session-lists.ts';
import { sessionText } from './sessions/session-text.ts';

export interface StatusPage {
  /** Arguments of the command line, the program's name first. */
  readonly commandLine: readonly string[];
  /** All configured suites, those of TLS 1.3 first. */
  readonly cipherSuites: readonly CipherSuite[];
  readonly info: SessionInfo;
  /** The twelve lines. */
  readonly statistics: string;
  /** Formats a distinguished name (DER) per `-nameopt`. */
  readonly nameText: (name: Uint8Array) => string;
  /** Prints a certificate (DER) as text before the PEM block; `-nameopt` does not apply. */
  readonly certificateText?: (certificate: Uint8Array) => string;
}

/** statusPage is the body of every response of `-www`. It discloses the session's secret, as the reference's does. */
export function statusPage({ commandLine, info, ...page }: StatusPage): string {
  const words = `${commandLine.map((it) => `${escaped(it)} `).join('')}\n`;
  return [
    '<HTML><BODY BGCOLOR="#ffffff">\n<pre>\n\n',
    words,
    encryptedHello(info, words),
    escaped(report(info, page)),
    '</pre></BODY></HTML>\r\n\r\n',
  ].join('');
}

function report(info: SessionInfo, page: Omit<StatusPage, 'commandLine' | 'info'>): string {
  return [
    secureRenegotiationLine(info),
    'Ciphers supported in s_server binary\n',
    supportedCiphers(page.cipherSuites),
    commonCiphers(info.sharedCipherSuites),
    signatureAlgorithmsLine(info),
    sharedSignatureAlgorithmsLine(info),
    peerSignatureLines(info),
    supportedGroupsLine(info, unnamedGroup),
    sharedGroupsLine(info),
    certificateAuthorityLines(info, page.nameText),
    `---\n${info.resumed ? 'Reused' : 'New'}, ${suiteVersion(info.cipherSuite)}, `,
    `Cipher is ${info.cipherSuite.name}\n`,
    sessionText(info.session),
    `---\n${page.statistics}---\n`,
    clientCertificate(info, page.certificateText),
  ].join('');
}

/** unnamedGroup returns the code point; the reference's `<NULL>` is an invisible tag in a browser. */
function unnamedGroup(code: number): string {
  return `${isGrease(code) ? 'GREASE' : 'unknown'}(0x${code.toString(16).toUpperCase().padStart(4, '0')})`;
}

/**
 * encryptedHello is OpenSSL 4.0's addition, here if there are keys for encrypted hellos; it repeats the lines before
 * it.
 */
function encryptedHello({ ech, serverName }: SessionInfo, words: string): string {
  if (ech === undefined) return '';
  const sentence = escaped(echSentence(ech, serverName));
  const heading = `<h1>OpenSSL with ECH</h1>\n<h2>\n${sentence}\n</h2>\n<h2>TLS Session details</h2>\n`;
  return `${heading}<pre>\n<pre>\n\n${words}`;
}

function supportedCiphers(suites: readonly CipherSuite[]): string {
  let text = '';
  for (const [index, suite] of suites.entries()) {
    text += `${suiteVersion(suite).padEnd(11)}:${suite.name.padEnd(25)} `;
    if (index % 2 === 1 && index + 1 < suites.length) text += '\n';
  }
  return `${text}\n`;
}

/** commonCiphers does not pad the last name. */
function commonCiphers(suites: readonly CipherSuite[]): string {
  if (suites.length === 0) return '';
  let text = '---\nCiphers common between both SSL end points:\n';
  for (const [index, { name }] of suites.entries()) {
    const last = index + 1 === suites.length;
    text += last ? `${name}\n` : name.padEnd(26) + (index % 3 === 2 ? '\n' : ' ');
  }
  return text;
}

function clientCertificate({ clientCertificate }: SessionInfo, text: StatusPage['certificateText']): string {
  if (clientCertificate === undefined) return 'no client certificate available\n';
  return `Client certificate\n${text?.(clientCertificate) ?? ''}${toPem('CERTIFICATE', clientCertificate)}`;
}

function escaped(word: string): string {
  return word.replace(/[&<>]/g, (it) => entities[it] ?? it);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
