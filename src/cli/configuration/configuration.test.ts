import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Version } from '../../names/versions.ts';
import { optionNamed } from '../options/index.ts';
import { Stop } from '../output/stop.ts';
import { type ConfigurationStep, configure } from './configuration.ts';

test("the defaults are those of Debian 12's OpenSSL", () => {
  const it = configure([]);
  assert.deepEqual([it.minVersion, it.maxVersion], [Version.TLSv1, Version['TLSv1.3']]);
  assert.equal(it.securityLevel, 2);
  assert.equal(it.cipherSuites[0]?.name, 'ECDHE-ECDSA-AES256-GCM-SHA384');
  assert.deepEqual(
    it.cipherSuites13.map(({ name }) => name),
    ['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
  );
  assert.equal(
    it.groups
      .map(({ names }) => names[0])
      .join(':')
      .slice(0, 16),
    'x25519:secp256r1',
  );
  assert.deepEqual([it.tickets, it.ticketCount, it.middleboxCompatibility], [true, 2, true]);
});

test('options are applied one after the other', () => {
  const it = configure([
    step('-cipher', 'ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=1'),
    step('-cipher', 'ECDHE-RSA-AES256-GCM-SHA384'),
    step('-ciphersuites', 'TLS_AES_128_GCM_SHA256'),
    step('-no_tls1'),
    step('-no_tls1_1'),
    step('-serverpref'),
    step('-num_tickets', '0x3'),
    step('-record_padding', '512,16'),
    step('-no_ticket'),
    step('-no_middlebox'),
    step('-groups', 'P-384:X25519'),
    step('-sigalgs', 'ECDSA+SHA256'),
  ]);
  assert.equal(it.securityLevel, 1);
  assert.deepEqual(
    it.cipherSuites.map(({ name }) => name),
    ['ECDHE-RSA-AES256-GCM-SHA384'],
  );
  assert.equal(it.cipherSuites13.length, 1);
  assert.deepEqual([...it.disabledVersions], [Version.TLSv1, Version['TLSv1.1']]);
  assert.deepEqual([it.serverPreference, it.ticketCount, it.recordPadding], [true, 3, 512]);
  assert.deepEqual([it.tickets, it.middleboxCompatibility], [false, false]);
  assert.deepEqual(
    it.groups.map(({ names }) => names[0]),
    ['secp384r1', 'x25519'],
  );
  assert.deepEqual(
    it.signatureAlgorithms?.map(({ name }) => name),
    ['ecdsa_secp256r1_sha256'],
  );
});

test('every switch changes what it is named for', () => {
  const changed = (...flags: string[]) => configure(flags.map((flag) => step(flag)));
  const without = changed('-no_tls1_2', '-no_tls1_3').disabledVersions;
  assert.deepEqual([...without], [Version['TLSv1.2'], Version['TLSv1.3']]);
  assert.deepEqual([changed('-comp').compression, changed('-comp', '-no_comp').compression], [true, false]);
  assert.equal(changed('-legacy_renegotiation').legacyRenegotiation, true);
  assert.equal(changed('-no_resumption_on_reneg').resumesOnRenegotiation, false);
  assert.equal(changed('-prioritize_chacha').prioritizeChacha, true);
  assert.equal(changed('-no_etm').encryptThenMac, false);
  assert.equal(changed('-no_ems').extendedMasterSecret, false);
});

test('bounds are words; None takes one away and one for datagrams has no effect on streams', () => {
  const bounds = (...steps: ConfigurationStep[]) => {
    const { minVersion, maxVersion } = configure(steps);
    return [minVersion, maxVersion];
  };
  assert.deepEqual(bounds(step('-min_protocol', 'TLSv1.2')), [Version['TLSv1.2'], Version['TLSv1.3']]);
  assert.deepEqual(bounds(step('-max_protocol', 'TLSv1.2'), step('-max_protocol', 'None')), bounds());
  assert.deepEqual(bounds(step('-min_protocol', 'DTLSv1.2')), bounds());
});

const refused: [ConfigurationStep, RegExp][] = [
  [step('-cipher', 'FOO'), /^Call to SSL_CONF_cmd\(-cipher, FOO\) failed\n\w+:error:0A0000B9:.*no cipher match.*\n$/],
  [step('-ciphersuites', 'FOO'), /^Call to SSL_CONF_cmd\(-ciphersuites, FOO\) failed\n\w+:error:0A0000B9:.*\n$/],
  [
    step('-groups', 'foo'),
    /^Call to SSL_CONF_cmd\(-groups, foo\) failed\n\w+:error:0A080106:.*group 'foo' cannot be set\n$/,
  ],
  [step('-curves', 'P-256:foo'), /^Call to SSL_CONF_cmd\(-curves, P-256:foo\) failed\n/],
  [step('-named_curve', 'foo'), /^Call to SSL_CONF_cmd\(-named_curve, foo\) failed\n/],
  [step('-sigalgs', 'foo'), /^Call to SSL_CONF_cmd\(-sigalgs, foo\) failed\n$/],
  [step('-client_sigalgs', 'RSA+SHA999'), /^Call to SSL_CONF_cmd\(-client_sigalgs, RSA\+SHA999\) failed\n$/],
  [step('-min_protocol', 'TLSv9'), /^Call to SSL_CONF_cmd\(-min_protocol, TLSv9\) failed\n$/],
  [step('-max_protocol', 'tlsv1.2'), /^Call to SSL_CONF_cmd\(-max_protocol, tlsv1.2\) failed\n$/],
  [step('-num_tickets', '-1'), /^Call to SSL_CONF_cmd\(-num_tickets, -1\) failed\n$/],
  [step('-record_padding', '16385'), /^Call to SSL_CONF_cmd\(-record_padding, 16385\) failed\n$/],
  [step('-record_padding', '16,16385'), /^Call to SSL_CONF_cmd\(-record_padding, 16,16385\) failed\n$/],
  [step('-record_padding', '-1'), /^Call to SSL_CONF_cmd\(-record_padding, -1\) failed\n$/],
  [step('-no_legacy_server_connect'), /^Call to SSL_CONF_cmd\(-no_legacy_server_connect, <NULL>\) failed\n$/],
  [step('-legacy_server_connect'), /^Call to SSL_CONF_cmd\(-legacy_server_connect, <NULL>\) failed\n$/],
];
for (const [given, text] of refused) {
  test(`${given.flag} ${given.value ?? ''} is refused as the reference refuses it`, () => {
    assert.throws(
      () => configure([given]),
      (error) => error instanceof Stop && text.test(error.text),
    );
  });
}

function step(flag: string, value?: string): ConfigurationStep {
  const command = optionNamed(flag.substring(1))?.configures;
  if (command === undefined) throw new Error(`${flag} is no option of the configuration module`);
  return { flag, command, ...(value !== undefined && { value }) };
}
