import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { der } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { name, type TestAttribute, utf8 } from '../certificates/certificate.test.fixture.ts';
import { nameFormats, nameOptionFlags } from './name-options.ts';
import { onelineName, printName } from './name-text.ts';
import { distinguishedName } from './names.ts';

const country = der(0x13, Buffer.from('XX'));
const client = name(['2.5.4.6', country], ['2.5.4.10', utf8('Example Org')], ['2.5.4.3', utf8('client one')]);

/** `options`: a value of `-nameopt`. */
function printed(der: Uint8Array, options = 'oneline', indent = 0): string {
  return printName(distinguishedName(der), nameOptionFlags(options) ?? assert.fail(options), indent);
}

const commonName = (value: Uint8Array): Uint8Array => name(['2.5.4.3', value]);

// The expected texts are what OpenSSL 3.0 prints.
test('each form prints as the reference does', () => {
  const forms = {
    oneline: 'C = XX, O = Example Org, CN = client one',
    RFC2253: 'CN=client one,O=Example Org,C=XX',
    compat: 'C=XX, O=Example Org, CN=client one',
    multiline:
      '    countryName               = XX\n    organizationName          = Example Org\n    commonName                = client one',
    'utf8,sep_comma_plus': 'C=XX,O=Example Org,CN=client one',
    'sep_multiline,lname,align':
      '    countryName              =XX\n    organizationName         =Example Org\n    commonName               =client one',
    'show_type,sep_semi_plus_space': 'C=PRINTABLESTRING:XX; O=UTF8STRING:Example Org; CN=UTF8STRING:client one',
    'space_eq,sname,dn_rev': 'CN = client one, O = Example Org, C = XX',
    'oneline,nofname': 'XX, Example Org, client one',
    'oneline,oid': '2.5.4.6 = XX, 2.5.4.10 = Example Org, 2.5.4.3 = client one',
    'dump_all,dump_der': 'C=#13025858, O=#0C0B4578616D706C65204F7267, CN=#0C0A636C69656E74206F6E65',
  };
  for (const [options, text] of Object.entries(forms)) assert.equal(printed(client, options, 4), text, options);
  assert.equal(onelineName(distinguishedName(client)), '/C=XX/O=Example Org/CN=client one');
});

test('more than one attribute in a set are joined by a plus sign', () => {
  const two: TestAttribute[] = [
    ['2.5.4.11', utf8('b')],
    ['2.5.4.10', utf8('a/+')],
  ];
  const der = name(['2.5.4.6', country], two);
  assert.equal(printed(der), 'C = XX, OU = b + O = "a/+"');
  assert.equal(printed(der, 'RFC2253'), 'O=a/\\++OU=b,C=XX');
  assert.equal(printed(der, 'compat'), 'C=XX, OU=b+O=a\\/\\+');
});

test('special characters are quoted or escaped', () => {
  const values = {
    'a,b': 'CN = "a,b"',
    ' a': 'CN = " a"',
    '#a': 'CN = "#a"',
    'a#': 'CN = a#',
    '#': 'CN = #',
    'a"b': 'CN = a\\"b',
    'a\\b': 'CN = a\\\\b',
    'a\nb': 'CN = a\\0Ab',
    é: 'CN = \\C3\\A9',
  };
  for (const [value, text] of Object.entries(values)) assert.equal(printed(commonName(utf8(value))), text, value);
  assert.equal(printed(commonName(utf8(' a ')), 'RFC2253'), 'CN=\\ a\\ ');
  assert.equal(printed(commonName(utf8('é')), 'oneline,-esc_msb'), 'CN = é');
  assert.equal(printed(commonName(utf8('*(\\')), 'esc_2254'), 'CN=\\2A\\28\\5C');
});

test('characters of other types are converted', () => {
  assert.equal(printed(commonName(der(0x1e, Buffer.of(0, 0x61, 0, 0xe9)))), 'CN = a\\C3\\A9');
  assert.equal(printed(commonName(der(0x1e, Buffer.of(1, 0))), 'esc_msb'), 'CN=\\U0100');
  assert.equal(printed(commonName(der(0x1c, Buffer.of(0, 1, 0xf6, 0))), 'esc_msb'), 'CN=\\W0001F600');
  assert.equal(printed(commonName(der(0x14, Buffer.of(0xe9)))), 'CN = \\C3\\A9');
});

test('unknown types are dumped where the form says so', () => {
  const der = name(['1.2.3.4', utf8('x')]);
  assert.equal(printed(der), '1.2.3.4 = x');
  assert.equal(printed(der, 'RFC2253'), '1.2.3.4=#0C0178');
  assert.equal(printed(commonName(Buffer.of(3, 2, 0, 0x61))), 'CN = #03020061');
});

test('printing ends at a value that is no text', () => {
  const broken = name(['2.5.4.6', country], ['2.5.4.3', der(0x1e, Buffer.of(0, 0x61, 0))], ['2.5.4.10', utf8('x')]);
  assert.equal(printed(broken), 'C = XX, CN = ');
  assert.equal(printed(commonName(der(0x0c, Buffer.of(0xff))), 'esc_msb'), 'CN=');
});

test('an option may be taken away, and words replace what they exclude', () => {
  assert.equal(nameOptionFlags('oneline,-oid'), nameFormats.oneline);
  assert.equal(nameOptionFlags('oneline,RFC2253'), nameFormats.rfc2253);
  assert.equal(nameOptionFlags('oneline,-compat'), nameFormats.compat);
  assert.equal(nameOptionFlags(' ONELINE '), nameFormats.oneline);
  assert.equal(nameOptionFlags('oneline:x'), nameFormats.oneline);
  assert.equal(nameOptionFlags('oneline,,utf8'), nameFormats.compat);
  assert.equal(nameOptionFlags('foo'), undefined);
  assert.equal(nameOptionFlags('separators'), undefined);
});

test('any name prints in any form', () => {
  const attribute = fc.tuple(
    fc.constantFrom('2.5.4.3', '2.5.4.10', '1.2.3.4'),
    fc
      .tuple(fc.constantFrom(3, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x1b, 0x1c, 0x1e, 0x30), fc.uint8Array({ maxLength: 9 }))
      .map(([tag, value]) => der(tag, value)),
  );
  const flags = fc.integer({ min: 0, max: 0x3ffffff });
  fc.assert(
    fc.property(fc.array(attribute, { maxLength: 3 }), flags, (attributes, flags) => {
      const parsed = distinguishedName(name(...attributes));
      assert.equal(typeof printName(parsed, flags), 'string');
      assert.equal(typeof onelineName(parsed), 'string');
    }),
    { numRuns: 500 },
  );
});

test('a name that is cut short or has an empty set is malformed', () => {
  for (let length = 0; length < client.length; length++)
    assert.throws(() => distinguishedName(client.subarray(0, length)), Malformed);
  assert.throws(() => distinguishedName(Buffer.of(0x30, 2, 0x31, 0)), Malformed);
});
