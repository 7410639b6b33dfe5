import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { certificatePem, issue } from '../../x509/verify/issue.test.fixture.ts';
import { agree, filesOf, folder, isAbsent } from './agree.test.fixture.ts';
import { encodingCases } from './agreement-encodings.test.fixture.ts';
import { root } from './agreement-parts.test.fixture.ts';
import { pathCases } from './agreement-paths.test.fixture.ts';
import { resourceCases } from './agreement-resources.test.fixture.ts';
import { revocationCases } from './agreement-revocation.test.fixture.ts';
import { toleranceCases } from './agreement-tolerance.test.fixture.ts';
import { trustCases } from './agreement-trust.test.fixture.ts';

const cases = {
  ...pathCases,
  ...encodingCases,
  ...resourceCases,
  ...revocationCases,
  ...toleranceCases,
  ...trustCases,
};
for (const [name, it] of Object.entries(cases)) {
  test(`openssl verify and ours agree about ${name}`, { skip: isAbsent }, async () => {
    await agree(filesOf(it));
  });
}

const nobody = ['-no-CAfile', '-no-CApath', '-no-CAstore'];
const anchor = join(folder, 'anchor');
writeFileSync(anchor, certificatePem(issue(root)));
const emptyFile = join(folder, 'empty');
writeFileSync(emptyFile, '');

for (const words of [
  ['-nonsense'],
  ['-CAfile'],
  ['-show_chain=1', anchor],
  ['-auth_level', 'x', anchor],
  ['-auth_level', '99999999999', anchor],
  ['-attime', '0x', anchor],
  ['-purpose', 'nonsense', anchor],
  ['-policy', 'nonsense', anchor],
  ['-verify_name', 'nonsense', anchor],
  ['-verify_ip', 'nonsense', anchor],
  ['-nameopt', 'nonsense', anchor],
  ['-CAfile', '/no/such/file', anchor],
  ['-CAfile', emptyFile, anchor],
  ['-CApath', '/no/such/folder', anchor],
  ['-CAstore', '/no/such/file', anchor],
  ['-untrusted', '/no/such/file', anchor],
  ['-untrusted', emptyFile, anchor],
  ['-CRLfile', '/no/such/file', anchor],
  ['-CRLfile', anchor, anchor],
  ['-trusted', anchor, '-CAfile', anchor, anchor],
  ['-trusted', anchor, anchor],
  ['-vfyopt', 'a:b', '-trusted', anchor, anchor],
  ['-CAfile', anchor, '/no/such/file', anchor],
  ['-CAfile', anchor, emptyFile],
  ['-CAstore', anchor, '-nameopt', 'rfc2253', '-show_chain', '--', anchor],
  [`--CAfile=${anchor}`, anchor, anchor],
]) {
  test(`openssl verify and ours agree about the words ${words.slice(0, 2).join(' ')}`, { skip: isAbsent }, async () => {
    await agree([...nobody, ...words]);
  });
}
