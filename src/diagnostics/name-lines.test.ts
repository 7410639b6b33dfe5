import assert from 'node:assert/strict';
import { test } from 'node:test';
import { der, objectIdentifier, sequence, Tag } from '../bytes/der.ts';
import { nameFlagsFrom } from '../x509/asn1/name-options.ts';
import { nameLines } from './name-lines.ts';

const attribute = (type: string, text: string) =>
  der(Tag.set, sequence(objectIdentifier(type), der(Tag.utf8String, Buffer.from(text))));
const name = sequence(attribute('2.5.4.6', 'XX'), attribute('2.5.4.3', 'some one'));

test('a name under a title has the form of -nameopt', () => {
  const titled = (value: string | undefined) => nameLines(nameFlagsFrom(value)).nameLine('subject=', name);
  assert.equal(titled(undefined), 'subject=C = XX, CN = some one');
  assert.equal(titled('RFC2253'), 'subject=CN=some one,C=XX');
  assert.equal(titled('compat'), 'subject=/C=XX/CN=some one');
  assert.equal(
    titled('multiline'),
    'subject=\n    countryName               = XX\n    commonName                = some one',
  );
});

test('a name alone has no margin, and another form with compat', () => {
  const plain = (value: string) => nameLines(nameFlagsFrom(value)).nameText(name);
  assert.equal(plain('compat'), 'C=XX, CN=some one');
  assert.equal(plain('multiline'), 'countryName               = XX\ncommonName                = some one');
});
