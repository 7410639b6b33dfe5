import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isEncrypted, pemBlocks, pemContents, toPem } from './pem.ts';

const content = Buffer.from(Array.from({ length: 100 }, (_, index) => index));
const whole = toPem('KIND', content);
const lines = whole.split('\n').slice(0, -1);
const [first = '', second = '', ...others] = lines;
const base64 = lines.slice(1, -1).join('');
const joined = (...parts: readonly string[]) => `${parts.join('\n')}\n`;
const around = (...body: readonly string[]) => joined(first, ...body, '-----END KIND-----');

const read: Readonly<Record<string, string>> = {
  'a block': whole,
  'a blank at the end of the first line': whole.replace('-----\n', '----- \n'),
  'blanks and control characters at the end of every line': joined(...lines.map((line) => `${line} \t\x01`)),
  'bytes above 127 at the end of a line': whole.replace('-----\n', '-----\xc3\n'),
  'lines that end as on other systems': whole.replaceAll('\n', '\r\n'),
  'no end of the last line': whole.trimEnd(),
  'a byte order mark': `\xef\xbb\xbf${whole}`,
  'text before it': `hello: world\n\n${whole}`,
  'one long line': around(base64),
  'blanks inside of its lines': around(...lines.slice(1, -1).map((line) => ` ${line.slice(0, 9)} ${line.slice(9)}`)),
  'an empty line behind the first': joined(first, '', second, ...others),
  'a header of a few letters': joined(first, 'A: b', '', second, ...others),
  'the beginning of another block in it': around(base64, '-----BEGIN OTHER-----', 'junk'),
  'a line of 254 characters before it on the same line': `${'x'.repeat(254)}${whole}`,
};

for (const [what, text] of Object.entries(read)) {
  test(`PEM with ${what} is read`, () => {
    const [block, ...more] = pemBlocks(text);
    assert.equal(block?.label, 'KIND');
    assert.deepEqual(Buffer.from(block.der), content);
    assert.deepEqual(more, []);
  });
}

const notSeen: Readonly<Record<string, string>> = {
  'an indented first line': ` ${whole}`,
  'text before it on the first line': `x${whole}`,
  'NUL before it': `\0${whole}`,
  'something behind its first line': whole.replace('-----\n', '-----x\n'),
  'small letters': whole.replace('BEGIN', 'begin'),
};

for (const [what, text] of Object.entries(notSeen)) {
  test(`PEM with ${what} is not seen`, () => {
    assert.deepEqual(pemContents(text), []);
  });
}

const unreadable: Readonly<Record<string, string>> = {
  'an empty line in the middle': around(second, '', base64.substring(64)),
  'two empty lines behind the first': joined(first, '', '', second, ...others),
  'an empty line before the last': around(base64, ''),
  'something behind its last line': `${whole.trimEnd()}x\n`,
  'a last line that is cut short': `${whole.trimEnd().slice(0, -1)}\n`,
  'an indented last line': whole.replace('-----END', ' -----END'),
  'the last line of another kind': whole.replace('END KIND', 'END KINDS'),
  'no last line': joined(...lines.slice(0, -1)),
  'nothing in it': around(),
  'letters of another Base64': around(base64.replace('A', '_')),
  'no padding': around(base64.replace(/=+$/, '')),
  'padding in the middle': around(`AA==${base64}`),
  'more padding than there can be': around(`${base64}====`),
  'lines that are too long behind an empty one': around('', base64),
  'a short line in the middle, behind an empty one': around('', 'AAAA', base64.substring(0, 64), 'AAAA'),
  'headers that are not about encryption': joined(first, 'A: something long', '', second, ...others),
  'headers and no empty line': joined(first, 'A: b', second, ...others),
};

for (const [what, text] of Object.entries(unreadable)) {
  test(`PEM with ${what} cannot be read, and takes no other block with it`, () => {
    assert.ok(pemContents(text).every((it) => it === 'unreadable' || it.der.length !== content.length));
    assert.ok(pemBlocks(`${text}\n${toPem('OTHER', content)}`).every(({ label }) => label === 'OTHER'));
    assert.deepEqual(
      pemBlocks(`${toPem('OTHER', content)}${text}`).map(({ label }) => label),
      ['OTHER'],
    );
  });
}

test('headers of encryption are kept, and come back', () => {
  const headers = ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-128-CBC,00'];
  const [block] = pemBlocks(toPem('RSA PRIVATE KEY', content, headers));
  assert.deepEqual(block?.headers, headers);
  assert.ok(isEncrypted(block));
});

test('whatever is written is read again, whatever stands around it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.stringMatching(/^[^-]*$/), (der, text) => {
      const [block] = pemBlocks(`${text}\n${toPem('A', der)}\n${text}`);
      assert.deepEqual(Buffer.from(block?.der ?? []), Buffer.from(der));
    }),
  );
});

test('no text makes it throw', () => {
  const pieces = fc.constantFrom('-----BEGIN A-----', '-----END A-----', '\n', '\r', ' ', 'AAAA', '=', ':', '-', '\0');
  fc.assert(fc.property(fc.array(pieces), (parts) => Array.isArray(pemContents(parts.join('')))));
});
