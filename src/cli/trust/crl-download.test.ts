import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { der, sequence } from '../../bytes/der.ts';
import { MemoryTrustStore } from '../../x509/trust/trust-store.ts';
import { authority, extension, issue, issueCrl, uri } from '../../x509/verify/issue.test.fixture.ts';
import type { VerifyParameters } from '../../x509/verify/parameters.ts';
import { pathCertificate } from '../../x509/verify/path-certificate.ts';
import { crlDownload } from './crl-download.ts';

const root = pathCertificate(issue({ subject: 'root', extensions: [authority()] }));
const list = issueCrl({ issuer: 'root' });

test('the list that a certificate names is fetched, once', async (t) => {
  const { origin, asked } = await server(t, (_, response) => response.end(list));
  const { crls, told } = await fetchedFor([`${origin}/one.crl`], { crlCheck: true });
  assert.deepEqual(
    crls.map(({ issuer }) => issuer),
    [root.subject],
  );
  assert.deepEqual([asked, told], [['/one.crl'], '']);
});

test('nothing is fetched, and nothing told, for a client that has left', async (t) => {
  const { origin, asked } = await server(t, () => leaving.abort());
  const leaving = new AbortController();
  let told = '';
  const err = (text: string) => {
    told += text;
  };
  const trust = new MemoryTrustStore({ certificates: [root] });
  const fetch = crlDownload({ trust, environment: {}, err, parameters: { crlCheck: true } });
  const leaf = certificate('leaf', 'root', [`${origin}/one.crl`]);
  assert.deepEqual(await fetch([leaf], leaving.signal), []);
  assert.deepEqual(await fetch([leaf], leaving.signal), []);
  assert.deepEqual([asked, told], [['/one.crl'], '']);
});

test('nothing is fetched for a chain that leads to nobody we trust, whatever it claims', async (t) => {
  const { origin, asked } = await server(t, (_, response) => response.end(list));
  const trust = new MemoryTrustStore({ certificates: [root] });
  const parameters = { crlCheck: true, crlCheckAll: true };
  const fetch = crlDownload({ trust, environment: {}, err: () => undefined, parameters });
  const addresses = [`${origin}/one.crl`];
  const forged = certificate('leaf', 'root', addresses);
  forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
  for (const chain of [
    [certificate('leaf', 'leaf', addresses)],
    [certificate('leaf', 'stranger', addresses), certificate('stranger', 'stranger', addresses)],
    [certificate('leaf', 'stranger', addresses)],
    [forged],
  ]) {
    assert.deepEqual(await fetch(chain), []);
  }
  assert.deepEqual(asked, []);
  assert.equal((await fetch([certificate('leaf', 'root', addresses)])).length, 1);
});

test('one bound counts for all lists of a chain, and for what they are redirected to', async (t) => {
  const { origin, asked } = await server(t, ({ url = '' }, response) => {
    response.writeHead(302, { location: `${url}x` }).end();
  });
  const middle = certificate('middle', 'root', [`${origin}/middle`]);
  const leaf = certificate('leaf', 'middle', [`${origin}/leaf`]);
  const trust = new MemoryTrustStore({ certificates: [root] });
  const parameters = { crlCheck: true, crlCheckAll: true };
  const fetch = crlDownload({ trust, environment: {}, err: () => undefined, parameters });
  assert.deepEqual(await fetch([leaf, middle]), []);
  assert.equal(asked.length, 20);
});

test('nothing is fetched where revocation is not checked, and where no address can be asked', async (t) => {
  const { origin, asked } = await server(t, (_, response) => response.end(list));
  assert.deepEqual((await fetchedFor([`${origin}/one.crl`], {})).crls, []);
  for (const address of ['ldap://there/', 'http://', 'file:///etc/passwd']) {
    assert.deepEqual(await fetchedFor([address], { crlCheck: true }), { crls: [], told: '' });
  }
  assert.deepEqual(asked, []);
});

test('an authority of our store is asked about only where all of the chain is checked', async (t) => {
  const { origin, asked } = await server(t, (_, response) => response.end(list));
  const middle = certificate('middle', 'root', [`${origin}/middle.crl`]);
  const leaf = certificate('leaf', 'middle', [`${origin}/leaf.crl`]);
  const trust = new MemoryTrustStore({ certificates: [root, pathCertificate(middle)] });
  const rest = { trust, environment: {}, err: () => undefined };
  await crlDownload({ ...rest, parameters: { crlCheck: true } })([leaf]);
  assert.deepEqual(asked, ['/leaf.crl']);
  await crlDownload({ ...rest, parameters: { crlCheck: true, crlCheckAll: true } })([leaf]);
  assert.deepEqual(asked.slice(1), ['/leaf.crl', '/middle.crl']);
});

test('a redirection is followed, an endless one and one to something else than http are not', async (t) => {
  const { origin, asked } = await server(t, ({ url }, response) => {
    const to = {
      '/first': '/second',
      '/second': `${origin}/third`,
      '/loop': '/loop',
      '/file': 'file:///etc/passwd',
      '/secure': 'https://there.example/',
      '/split': '/a b',
    }[url ?? ''];
    if (to === undefined) response.end(list);
    else response.writeHead(302, { location: to }).end();
  });
  assert.equal((await fetchedFor([`${origin}/first`], { crlCheck: true })).crls.length, 1);
  assert.deepEqual(asked, ['/first', '/second', '/third']);
  for (const [path, reason] of [
    ['/loop', 'redirection_ok:too many redirections'],
    ['/file', 'OSSL_HTTP_parse_url:invalid url scheme'],
    ['/secure', 'OSSL_HTTP_open:tls not enabled'],
    ['/split', 'OSSL_HTTP_parse_url:invalid url scheme'],
  ] as const) {
    const { crls, told } = await fetchedFor([`${origin}${path}`], { crlCheck: true });
    assert.equal(crls.length, 0);
    assert.match(told, new RegExp(`^Unable to load CRL via CDP\\n.*HTTP routines:${reason}:`));
  }
});

test('what is no list, and what is too long, is told and left out', async (t) => {
  const { origin } = await server(t, ({ url }, response) => {
    if (url === '/missing') response.writeHead(404, 'Not here').end();
    else if (url === '/long') response.end(Buffer.from('308401000000', 'hex'));
    else if (url === '/other') response.end(Buffer.from('3003020105', 'hex'));
    else response.end('no list');
  });
  const told = async (path: string) => (await fetchedFor([`${origin}${path}`], { crlCheck: true })).told;
  assert.equal(await told('/other'), 'Unable to load CRL via CDP\n');
  assert.match(await told('/text'), /HTTP routines:OSSL_HTTP_REQ_CTX_nbio:missing asn1 encoding:/);
  assert.match(
    await told('/missing'),
    /:1E800069:HTTP routines:parse_http_line1:received error:.*:code=404, reason=Not here\n/,
  );
  assert.match(await told('/long'), /HTTP routines:check_set_resp_len:max resp len exceeded:/);
});

test('whatever the client sends in place of a certificate, nothing is fetched', async () => {
  const trust = new MemoryTrustStore();
  const fetch = crlDownload({ trust, parameters: { crlCheck: true }, environment: {}, err: () => undefined });
  assert.deepEqual(await fetch([]), []);
  assert.deepEqual(await fetch([Uint8Array.of(0x30, 0)]), []);
});

async function fetchedFor(addresses: readonly string[], parameters: VerifyParameters) {
  let told = '';
  const trust = new MemoryTrustStore({ certificates: [root] });
  const fetch = crlDownload({
    trust,
    parameters,
    environment: {},
    err: (text) => {
      told += text;
    },
  });
  return { crls: await fetch([certificate('leaf', 'root', addresses)]), told };
}

function certificate(subject: string, issuer: string, addresses: readonly string[]): Uint8Array {
  const points = addresses.map((it) => sequence(der(0xa0, der(0xa0, uri(it)))));
  const extensions = [extension('2.5.29.31', sequence(...points)), ...(subject === 'middle' ? [authority()] : [])];
  return issue({ subject, issuer, serial: 2, extensions });
}

async function server(t: TestContext, answer: RequestListener): Promise<{ origin: string; asked: string[] }> {
  const asked: string[] = [];
  const listening = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  }).listen(0, '127.0.0.1');
  t.after(() => listening.close());
  await once(listening, 'listening');
  return { origin: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, asked };
}

test('each list is told with its address, and with the reason where there is none', async (t) => {
  const { origin } = await server(t, ({ url }, response) => {
    if (url === '/one.crl') response.end(list);
    else response.writeHead(404).end();
  });
  const middle = certificate('middle', 'root', [`${origin}/none.crl`]);
  const leaf = certificate('leaf', 'middle', [`${origin}/one.crl`]);
  const trust = new MemoryTrustStore({ certificates: [root] });
  const parameters = { crlCheck: true, crlCheckAll: true };
  const told: { readonly what: string; readonly url: string; readonly result: string }[] = [];
  const fetch = crlDownload({ trust, environment: {}, err: () => undefined, parameters });
  await fetch([leaf, middle], undefined, (it) => told.push(it));
  assert.deepEqual(
    told.map(({ what, url }) => [what, url]),
    [
      ['crl', `${origin}/one.crl`],
      ['crl', `${origin}/none.crl`],
    ],
  );
  assert.equal(told[0]?.result, 'found');
  assert.notEqual(told[1]?.result, 'found');
});
