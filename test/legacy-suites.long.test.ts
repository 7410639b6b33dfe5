import { test } from 'node:test';
import { carryBothWays, gnutls, node, openssl, withoutGnutls, withoutOpenssl } from './legacy-suites.ts';

test('SEED carries data in every version, with every key exchange', { skip: withoutOpenssl }, (t) =>
  carryBothWays(t, openssl, pairs(['SEED-SHA', 'DHE-RSA-SEED-SHA', 'ADH-SEED-SHA'], ['-tls1', '-tls1_1', '-tls1_2'])),
);

test('RC4 and Triple DES carry data in every version, with every key exchange', { skip: withoutGnutls }, (t) => {
  const versions = ['VERS-TLS1.0', 'VERS-TLS1.1', 'VERS-TLS1.2'];
  const suites = [
    ['ARCFOUR-128', 'SHA1', 'RSA'],
    ['ARCFOUR-128', 'SHA1', 'ECDHE-RSA'],
    ['ARCFOUR-128', 'MD5', 'RSA'],
    ['3DES-CBC', 'SHA1', 'RSA'],
    ['3DES-CBC', 'SHA1', 'ECDHE-RSA'],
  ];
  return carryBothWays(
    t,
    gnutls,
    suites.flatMap((suite) => versions.map((version) => [version, ...suite])),
  );
});

test('IDEA carries data in both versions that have it', (t) =>
  carryBothWays(t, node, pairs(['IDEA-CBC-SHA'], ['TLSv1', 'TLSv1.1'])));

function pairs(names: readonly string[], versions: readonly string[]): string[][] {
  return names.flatMap((name) => versions.map((version) => [name, version]));
}
