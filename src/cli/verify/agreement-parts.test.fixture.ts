import { der, integer, objectIdentifier, sequence } from '../../bytes/der.ts';
import {
  alternativeNames,
  authority,
  extension,
  type Issued,
  type IssuedCrl,
  uri,
} from '../../x509/verify/issue.test.fixture.ts';

/** Case is the program's whole input: the verdict, every line and the exit status must be the reference's. */
export interface Case {
  readonly leaf: Issued;
  readonly roots?: readonly Root[];
  readonly untrusted?: readonly Issued[];
  readonly crls?: readonly IssuedCrl[];
  readonly words?: readonly string[];
}

export interface Root extends Issued {
  /** Trust settings: the second structure of a `TRUSTED CERTIFICATE`. */
  readonly settings?: Uint8Array;
}

export const root: Issued = { subject: 'root', extensions: [authority()] };
export const middle: Issued = { subject: 'middle', issuer: 'root', serial: 2, extensions: [authority()] };
export const leaf: Issued = { subject: 'leaf', issuer: 'middle', serial: 3 };
export const chain = { roots: [root], untrusted: [middle], leaf };
export const boolean = (tag: number) => der(tag, Buffer.of(0xff));
export const scope = (...fields: readonly Uint8Array[]) => extension('2.5.29.28', sequence(...fields), 'critical');
export const number = (value: number) => extension('2.5.29.20', integer(value));
export const deltaOf = (value: number) => extension('2.5.29.27', integer(value), 'critical');
export const freshest = extension('2.5.29.46', sequence(sequence(der(0xa0, der(0xa0, uri('http://a/'))))));
export const reason = (value: number) => extension('2.5.29.21', der(0x0a, Buffer.of(value)));
export const unknown = extension('1.2.3.4', Buffer.of(5, 0), 'critical');
export const constraint = (requireExplicit: number) =>
  extension('2.5.29.36', sequence(der(0x80, Buffer.of(requireExplicit))));
export const under = (...it: readonly Uint8Array[]): Issued => ({ ...middle, extensions: [authority(), ...it] });
export const named = (...it: readonly Uint8Array[]): Issued => ({ ...leaf, extensions: [alternativeNames(...it)] });
export const both: readonly IssuedCrl[] = [{ issuer: 'root' }, { issuer: 'middle' }];
export const proxyOf = (issuer: string, pathLength?: number, subject = `${issuer}/proxy`): Issued => ({
  subject,
  issuer,
  serial: 9,
  extensions: [
    extension(
      '1.3.6.1.5.5.7.1.14',
      sequence(
        ...(pathLength === undefined ? [] : [integer(pathLength)]),
        sequence(objectIdentifier('1.3.6.1.5.5.7.21.1')),
      ),
      'critical',
    ),
  ],
});
