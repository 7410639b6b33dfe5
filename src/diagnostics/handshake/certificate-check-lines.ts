import type { Notes } from '../../connection/observer.ts';

/**
 * certificateCheckLines reports the check of an `-xcert` certificate for a client. `nameText` formats a DER name per
 * `-nameopt`.
 */
export function certificateCheckLines(
  { number, subject, check }: Notes['certificateCheck'],
  nameText: (name: Uint8Array) => string,
): string {
  const rows: readonly (readonly [what: string, holds: boolean])[] = [
    ['Overall Validity', check.valid],
    ['Sign with EE key', check.signs],
    ['EE signature', check.leafSignature],
    ['CA signature', check.chainSignatures],
    ['EE key parameters', check.leafParameters],
    ['CA key parameters', check.chainParameters],
    ['Explicitly sign with EE key', check.signsExplicitly],
    // For a server's certificate these two are not checked.
    ['Issuer Name', true],
    ['Certificate Type', true],
  ];
  const lines = rows.map(([what, holds]) => `\t${what}: ${holds ? 'OK' : 'NOT OK'}\n`).join('');
  return `Checking cert chain ${number}:\nSubject: ${nameText(subject)}\n${lines}\tSuite B: not tested\n`;
}
