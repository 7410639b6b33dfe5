import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suite, tls13Info, tls13Session } from './session-info.test.fixture.ts';
import { sessionText } from './sessions/session-text.ts';
import { type StatusPage, statusPage } from './status-page.ts';

const page: StatusPage = {
  commandLine: ['s_server', '-www', '<a&b>'],
  cipherSuites: ['TLS_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'AES128-SHA'].map(suite),
  info: tls13Info,
  statistics: 'STATISTICS\n',
  nameText: () => 'CN = x',
};

test('the page, byte by byte', () => {
  assert.equal(
    statusPage(page),
    [
      '<HTML><BODY BGCOLOR="#ffffff">',
      '<pre>',
      '',
      's_server -www &lt;a&amp;b&gt; ',
      'Secure Renegotiation IS supported',
      'Ciphers supported in s_server binary',
      'TLSv1.3    :TLS_AES_256_GCM_SHA384    TLSv1.2    :ECDHE-ECDSA-AES256-GCM-SHA384 ',
      'SSLv3      :AES128-SHA                ',
      '---',
      'Ciphers common between both SSL end points:',
      'TLS_AES_256_GCM_SHA384     ECDHE-RSA-AES256-GCM-SHA384',
      'Signature Algorithms: ECDSA+SHA256:RSA-PSS+SHA256:0x2B+0x1A',
      'Shared Signature Algorithms: ECDSA+SHA256:RSA-PSS+SHA256',
      'Supported groups: GREASE(0x1A1A):x25519:secp256r1',
      'Shared groups: x25519:secp256r1',
      '---',
      'New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384',
      `${sessionText(tls13Session)}---`,
      'STATISTICS',
      '---',
      'no client certificate available',
      '</pre></BODY></HTML>\r\n\r\n',
    ].join('\n'),
  );
});

test('where there are keys for encrypted hellos, what became of the offer stands behind the command line', () => {
  const ech = { outcome: 'accepted', outerServerName: Buffer.from('<front>') } as const;
  const text = statusPage({ ...page, info: { ...tls13Info, serverName: 'inner.example', ech } });
  const words = 's_server -www &lt;a&amp;b&gt; \n';
  const sentence = 'ECH success: outer sni: &lt;front&gt;, inner sni: inner.example';
  const heading = `<h1>OpenSSL with ECH</h1>\n<h2>\n${sentence}\n</h2>\n<h2>TLS Session details</h2>\n<pre>\n`;
  assert.ok(text.includes(`<pre>\n\n${words}${heading}<pre>\n\n${words}Secure Renegotiation`));
});

test('common suites stand in rows of three, the last one without padding', () => {
  const shared = ['AES128-SHA', 'AES256-SHA', 'ECDHE-RSA-AES128-GCM-SHA256', 'AES256-SHA256'].map(suite);
  const text = statusPage({ ...page, info: { ...tls13Info, sharedCipherSuites: shared } });
  const rows = ['AES128-SHA                 AES256-SHA                 ECDHE-RSA-AES128-GCM-SHA256', 'AES256-SHA256'];
  assert.ok(text.includes(`\n${rows.join('\n')}\nSignature`));
});

test('a resumed session with nothing in common goes straight to its facts', () => {
  const info = {
    ...tls13Info,
    resumed: true,
    sharedCipherSuites: [],
    signatureAlgorithms: [],
    sharedSignatureAlgorithms: [],
  };
  const { supportedGroups: _, ...bare } = info;
  assert.match(statusPage({ ...page, info: bare }), / \n---\nReused, TLSv1\.3, Cipher is /);
});

test('a client certificate is shown as text and PEM', () => {
  const info = { ...tls13Info, clientCertificate: Uint8Array.of(0x30, 0x00) };
  const text = statusPage({ ...page, info, certificateText: () => 'TEXT\n' });
  assert.match(
    text,
    /---\nClient certificate\nTEXT\n-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n<\/pre>/,
  );
});

test('code points that nothing names are shown, and a peer writes no HTML', () => {
  const session = { ...tls13Session, pskIdentity: '<script>alert(1)</script>', srpUsername: '<img src=x>&' };
  const info = {
    ...tls13Info,
    session,
    supportedGroups: [0x0a0a, 0x7777],
    certificateAuthorities: [new Uint8Array(1)],
  };
  const certificate = { clientCertificate: Uint8Array.of(0x30, 0x00) };
  const text = statusPage({
    ...{ ...page, info: { ...info, ...certificate } },
    ...{ nameText: () => 'CN = <b>', certificateText: () => 'Subject: O = <i>\n' },
  });
  assert.match(text, /\nSupported groups: GREASE\(0x0A0A\):unknown\(0x7777\)\n/);
  assert.deepEqual(
    [...text.matchAll(/<[^>]*>/g)].map(([tag]) => tag),
    ['<HTML>', '<BODY BGCOLOR="#ffffff">', '<pre>', '</pre>', '</BODY>', '</HTML>'],
  );
  for (const shown of ['&lt;script&gt;', '&lt;img src=x&gt;&amp;', 'CN = &lt;b&gt;', 'O = &lt;i&gt;']) {
    assert.ok(text.includes(shown), shown);
  }
});
