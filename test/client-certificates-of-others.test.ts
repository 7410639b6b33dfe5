import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type CertificateFiles, certificateFiles, folder } from './certificates.ts';
import { installed, nodePage, run } from './clients.ts';
import { Program } from './program.ts';

const request = 'GET / HTTP/1.0\r\n\r\n';

/** CertifiedClient gets the status page with a certificate of its own; its own output may be included. */
interface CertifiedClient {
  readonly name: string;
  readonly needs: readonly string[];
  page(port: number, version: '1.2' | '1.3', files: CertificateFiles, test: TestContext): Promise<string>;
}

const clients: readonly CertifiedClient[] = [
  {
    name: 'curl',
    needs: ['curl'],
    page: async (port, version, { certificate, key }) => {
      const bounds = [`--tlsv${version}`, '--tls-max', version];
      const words = ['--silent', '--insecure', '--noproxy', '*', ...bounds, '--cert', certificate, '--key', key];
      return (await run('curl', [...words, `https://127.0.0.1:${port}/`])).out;
    },
  },
  {
    name: 'gnutls-cli',
    needs: ['gnutls-cli'],
    page: async (port, version, { certificate, key }) => {
      const priority = ['--priority', `NORMAL:-VERS-ALL:+VERS-TLS${version}`];
      const own = ['--x509certfile', certificate, '--x509keyfile', key];
      return (await run('gnutls-cli', ['--insecure', ...priority, ...own, '--port', `${port}`, '127.0.0.1'], request))
        .out;
    },
  },
  {
    name: 'NSS tstclnt',
    needs: ['tstclnt', 'certutil', 'pk12util', 'openssl'],
    page: async (port, version, { certificate, key }, test) => {
      const path = folder(test);
      const database = `sql:${path}`;
      const archive = join(path, 'client.p12');
      const secret = ['-passout', 'pass:none'];
      await run('certutil', ['-N', '-d', database, '--empty-password']);
      await run('openssl', [
        'pkcs12',
        '-export',
        '-name',
        'client',
        '-in',
        certificate,
        '-inkey',
        key,
        '-out',
        archive,
        ...secret,
      ]);
      await run('pk12util', ['-i', archive, '-d', database, '-W', 'none', '-K', '']);
      const words = [
        '-h',
        '127.0.0.1',
        '-p',
        `${port}`,
        '-d',
        database,
        '-o',
        '-n',
        'client',
        '-V',
        `tls${version}:tls${version}`,
      ];
      return (await run('tstclnt', words, request)).out;
    },
  },
  {
    name: 'Node https',
    needs: [],
    page: (port, version, { certificate, key }) => {
      const own = { cert: readFileSync(certificate), key: readFileSync(key) };
      const bounds = { minVersion: `TLSv${version}`, maxVersion: `TLSv${version}` } as const;
      return nodePage(port, new Agent({ rejectUnauthorized: false, ...bounds, ...own }));
    },
  },
];

for (const { name, needs, page } of clients) {
  const missing = needs.find((it) => installed(it) === undefined);
  test(
    `${name} proves its certificate`,
    { skip: missing !== undefined && `${missing} is not installed` },
    async (t) => {
      for (const type of ['RSA', 'P-256'] as const) {
        const files = certificateFiles(t, type);
        const words = ['-www', '-Verify', '1', '-verify_return_error', '-CAfile', files.certificate, ...files.words];
        const program = await Program.start(t, ...words);
        for (const version of ['1.2', '1.3'] as const) {
          await t.test(`${type}, TLS ${version}`, async (test) => {
            const text = await page(program.port, version, files, test);
            assert.match(text, /^Client certificate\r?$/m, program.err);
            assert.match(text, new RegExp(`Protocol {2}: TLSv${version}`));
          });
        }
      }
    },
  );
}
