import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { der, integer, objectIdentifier, octetString, sequence, Tag } from '../../bytes/der.ts';
import {
  alternativeNames,
  authority,
  constraints,
  directory,
  dns,
  email,
  extendedUsage,
  extension,
  type Issued,
  type IssuedCrl,
  ip,
  mappings,
  policies,
  usage,
} from '../../x509/verify/issue.test.fixture.ts';
import { agree, filesOf, folder } from './agree.test.fixture.ts';
import {
  boolean,
  type Case,
  constraint,
  deltaOf,
  number,
  reason,
  scope,
  unknown,
} from './agreement-parts.test.fixture.ts';

/**
 * agreeAboutChains generates `count` chains from a seed, each with random certificates, lists and options: the verdict
 * and every line must be the reference's. The simplest counterexample is kept in a folder with its arguments.
 */
export async function agreeAboutChains(count: number, seed: number): Promise<void> {
  const property = fc.asyncProperty(chains, async (it) => {
    await agree(filesOf(it));
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, { numRuns: count, seed });
  if (failed)
    assert.fail(`seed ${seed}, see ${kept(counterexample?.[0] ?? { leaf: { subject: 'leaf' } })}: ${errorInstance}`);
}

/** kept copies a case to a folder that outlives the tests. */
function kept(it: Case): string {
  const words = filesOf(it);
  const place = mkdtempSync(join(tmpdir(), 'serverhello-disagreement-'));
  cpSync(folder, place, { recursive: true });
  writeFileSync(join(place, 'words'), `${words.map((word) => word.replace(`${folder}/`, '')).join('\n')}\n`);
  return place;
}

const names = ['root', 'one', 'two', 'leaf'] as const;

/** seldom is mostly undefined. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>, weight = 24) =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const some = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const bits = (...bytes: readonly number[]) => der(Tag.bitString, Buffer.from(bytes));
const junk = Buffer.of(1, 2, 3);

const extensionPool: readonly Uint8Array[] = [
  ...[0x04, 0x06, 0x80, 0x84, 0xa0].map(usage),
  ...['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '2.5.29.37.0', '1.3.6.1.5.5.7.3.8'].map((it) => extendedUsage(it)),
  alternativeNames(dns('a.example'), ip(127, 0, 0, 1)),
  alternativeNames(email('a@example'), dns('*.example')),
  constraints([dns('example')]),
  constraints([], [dns('a.example')]),
  constraints([directory('leaf')], [email('example')]),
  policies('1.2.3'),
  policies('1.2.3', '1.2.4'),
  policies('2.5.29.32.0'),
  mappings(['1.2.3', '1.2.4']),
  constraint(0),
  constraint(1),
  extension('2.5.29.54', integer(0)),
  extension('2.5.29.14', octetString(Buffer.of(1))),
  extension('2.5.29.14', octetString(Buffer.of(2))),
  extension('2.5.29.35', sequence(der(0x80, Buffer.of(1)))),
  extension('2.5.29.35', sequence(der(0x82, Buffer.of(1)))),
  extension('2.5.29.19', sequence()),
  extension('2.5.29.19', Buffer.concat([sequence(boolean(1)), junk]), 'critical'),
  extension('2.5.29.19', Buffer.from('30800101ff0000', 'hex')),
  extension('2.5.29.15', Buffer.concat([bits(1, 0x86), junk])),
  extension('2.5.29.15', Buffer.of(1)),
  extension('2.16.840.1.113730.1.1', bits(0, 0x07)),
  extension('1.2.3.4', Buffer.of(5, 0)),
  unknown,
];

const unknownKey = sequence(sequence(objectIdentifier('1.2.3.4')), bits(0, 1));
const brokenKey = sequence(
  sequence(objectIdentifier('1.2.840.10045.2.1'), objectIdentifier('1.2.840.10045.3.1.7')),
  bits(0, ...new Array<number>(65).fill(4)),
);

/** Chance is the generated form of T, whose undefined members are left out. */
type Chance<T> = { [K in keyof T]: T[K] | undefined };

function defined<T extends object>(values: Partial<Chance<T>>): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

const peculiarities = fc.record({
  damaged: seldom(fc.constant(true)),
  unusedBits: seldom(some(1, 7), 40),
  from: seldom(some(2100, 2000)),
  until: seldom(some(2021, 2200)),
  version: seldom(some(1, 2, 4)),
  serial: fc.option(some(1, 2, 3), { nil: undefined }),
  publicKeyInfo: seldom(some(unknownKey, brokenKey), 40),
});

function certificate(subject: string, issuer: string, isAuthority: boolean): fc.Arbitrary<Issued> {
  const first = isAuthority
    ? fc.oneof(
        { weight: 20, arbitrary: some(authority(), authority(), authority(1), authority(0)) },
        seldom(some(authority())),
      )
    : seldom(some(authority(), authority(0)), 10);
  const others = fc.oneof(
    { weight: 3, arbitrary: fc.constant<readonly Uint8Array[]>([]) },
    { weight: 2, arbitrary: fc.array(some(...extensionPool), { maxLength: 3 }) },
  );
  const signer = seldom(some(...names), 30);
  return fc.tuple(first, others, peculiarities, signer).map(([basic, more, chance, by]) => ({
    subject,
    issuer,
    key: subject,
    signer: by ?? issuer,
    extensions: [...(basic ? [basic] : []), ...more],
    ...defined<Issued>(chance),
  }));
}

const listExtensions: readonly Uint8Array[] = [
  number(1),
  number(2),
  deltaOf(1),
  scope(boolean(0x81)),
  scope(boolean(0x82)),
  scope(boolean(0x84)),
  scope(boolean(0x81), boolean(0x82)),
  extension('2.5.29.28', Buffer.of(4, 0), 'critical'),
  extension('2.5.29.20', Buffer.concat([integer(3), junk])),
  extension('2.5.29.46', sequence()),
  extension('2.5.29.35', sequence(der(0x80, Buffer.of(1)))),
  unknown,
];

const entry = fc
  .tuple(some(1, 2, 3), seldom(some(reason(1), reason(8), unknown, extension('2.5.29.21', Buffer.of(4, 0))), 3))
  .map(([serial, about]): readonly [number, ...Uint8Array[]] => (about ? [serial, about] : [serial]));

const list: fc.Arbitrary<IssuedCrl> = fc
  .record({
    issuer: some(...names),
    signer: seldom(some(...names), 20),
    revoked: fc.array(entry, { maxLength: 2 }),
    extensions: fc.array(some(...listExtensions), { maxLength: 2 }),
    from: seldom(some(2100, 2022), 8),
    until: seldom(some(2021), 12),
    damaged: seldom(fc.constant(true)),
    unusedBits: seldom(some(1), 40),
  })
  .map(({ issuer, ...rest }) => ({ issuer, ...defined<IssuedCrl>(rest) }));

const optionPool: readonly (readonly string[])[] = [
  ...['sslclient', 'sslserver', 'smimesign', 'crlsign', 'any', 'timestampsign'].map((it) => ['-purpose', it]),
  ...['default', 'ssl_client', 'ssl_server', 'pkcs7'].map((it) => ['-verify_name', it]),
  ...['0', '1', '2'].map((it) => ['-verify_depth', it]),
  ...['1', '2', '4'].map((it) => ['-auth_level', it]),
  ...['a.example', 'leaf'].map((it) => ['-verify_hostname', it]),
  ...[['-verify_ip', '127.0.0.1'], ['-verify_email', 'a@example'], ['-attime', '1609459300'], ['-no_check_time']],
  ...[['-policy', '1.2.3'], ['-policy', '1.2.4'], ['-policy_check'], ['-policy_print'], ['-explicit_policy']],
  ...[['-inhibit_any'], ['-inhibit_map'], ['-x509_strict'], ['-partial_chain'], ['-check_ss_sig'], ['-show_chain']],
  ...[['-ignore_critical'], ['-suiteB_128'], ['-allow_proxy_certs']],
];

const listOptions: readonly (readonly string[])[] = [
  ...[['-crl_check'], ['-crl_check', '-crl_check_all'], ['-extended_crl'], ['-use_deltas']],
];

const strays = fc
  .tuple(some(...names), some(...names))
  .chain(([subject, issuer]) => certificate(subject, issuer, true));
const options = (pool: readonly (readonly string[])[], maxLength: number) =>
  fc.array(some(...pool), { maxLength }).map((it) => it.flat());

/** Root, none to two intermediates and a leaf, with an occasional stray certificate. */
const chains: fc.Arbitrary<Case> = fc
  .record({
    length: some(0, 1, 1, 1, 2),
    root: certificate('root', 'root', true),
    one: certificate('one', 'root', true),
    two: certificate('two', 'one', true),
    leaves: fc.tuple(
      certificate('leaf', 'root', false),
      certificate('leaf', 'one', false),
      certificate('leaf', 'two', false),
    ),
    strays: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(strays, { maxLength: 2 })),
    strayRoots: fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, fc.array(strays, { maxLength: 1 })),
    words: options(optionPool, 3),
    lists: fc.oneof(
      { weight: 2, arbitrary: fc.constant({ crls: [], words: [] }) },
      fc.record({ crls: fc.array(list, { maxLength: 3 }), words: options(listOptions, 2) }),
    ),
  })
  .map(({ length, root, one, two, leaves, lists, words, ...stray }) => ({
    leaf: leaves[length] ?? leaves[0],
    roots: [root, ...stray.strayRoots],
    untrusted: [...stray.strays, ...[one, two].slice(0, length)],
    crls: lists.crls,
    words: [...words, ...lists.words],
  }));
