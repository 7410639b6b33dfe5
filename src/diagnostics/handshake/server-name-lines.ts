import { latin1 } from '../../bytes/hex.ts';
import type { Notes } from '../../connection/observer.ts';
import type { EchOutcome } from '../../handshake/flow/ech-outcome.ts';

export function hostnameLine(name: Uint8Array): string {
  return `Hostname in TLS extension: "${printable(name)}"\n`;
}

/** encryptedHelloLines prints what OpenSSL 4.0 does about a server name when there are keys for encrypted hellos. */
export function encryptedHelloLines(facts: Notes['encryptedHello']): string {
  const { name, ownName, switched, outcome } = facts;
  const lines = [
    `connection from ${addressOf(facts.peer)} at ${timeText(new Date(facts.now))}\n`,
    `${outcomeText(facts)}\n`,
    ...(name ? [hostnameLine(name), `ctx servername: ${ownName}\n`] : []),
    `${choiceText(facts)}\n`,
  ];
  const switching = outcome !== 'accepted' && switched ? 'Switching server context.\n' : '';
  return lines.map((line) => `ssl_ech_servername_cb: ${line}`).join('') + switching;
}

/** echSentence is the sentence on the status page. */
export function echSentence(ech: EchOutcome, name: string | undefined): string {
  switch (ech.outcome) {
    case 'accepted':
      return `ECH success: outer sni: ${nameOrNone(ech.outerServerName)}, inner sni: ${name ?? 'none'}`;
    case 'rejected':
      return 'ECH attempt we interpret as GREASE';
    case 'notOffered':
      return 'ECH not attempted';
    case 'backend':
      return 'ECH acting as backend';
  }
}

function outcomeText({ outcome, outerServerName, name }: Notes['encryptedHello']): string {
  switch (outcome) {
    case 'accepted':
      return `success: outer ${nameOrNone(outerServerName)}, inner: ${nameOrNone(name)}`;
    case 'rejected':
      return 'attempt we think is GREASE';
    case 'notOffered':
      return 'not attempted';
    case 'backend':
      return 'ECH backend got inner ECH';
  }
}

function choiceText({ outcome, name, switched }: Notes['encryptedHello']): string {
  if (outcome !== 'accepted' || name === undefined) return 'Not switching context - no ECH SUCCESS';
  return switched ? 'Switching context.' : 'Not switching context - no name match (0).';
}

function nameOrNone(name: Uint8Array | undefined): string {
  return name === undefined ? 'none' : printable(name);
}

function printable(name: Uint8Array): string {
  return Array.from(name, (byte) =>
    byte >= 0x20 && byte < 0x7f ? latin1(Uint8Array.of(byte)) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}

/** addressOf removes the port and the brackets around an IPv6 address. */
function addressOf(peer: string): string {
  return peer.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}

/** timeText formats as C's `ctime` does: `Sun Nov 22 22:31:05 2026`, in local time. */
function timeText(time: Date): string {
  const [weekday = '', month = '', , year = '', clock = ''] = time.toString().split(' ');
  return `${weekday} ${month} ${String(time.getDate()).padStart(2)} ${clock} ${year}`;
}
