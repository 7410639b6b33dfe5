import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { certificateFiles, folder } from './certificates.ts';
import { installed, run } from './clients.ts';
import { Program } from './program.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

interface Conversation {
  readonly words: readonly string[];
  readonly client: readonly string[];
}

async function watched(t: Parameters<typeof certificateFiles>[0], { words, client }: Conversation): Promise<Program> {
  const program = await Program.start(t, ...words, ...certificateFiles(t, 'P-256').words);
  await run('openssl', ['s_client', '-connect', `127.0.0.1:${program.port}`, ...client], 'Q\n');
  await program.prints(/CONNECTION CLOSED/);
  return program;
}

test('-state tells the steps of a handshake of TLS 1.3 in the order of the reference', { skip }, async (t) => {
  const { err } = await watched(t, { words: ['-state'], client: ['-tls1_3'] });
  const steps = err.match(/(?<=^SSL_accept:).*$/gm);
  assert.deepEqual(steps, [
    'before SSL initialization',
    'before SSL initialization',
    'SSLv3/TLS read client hello',
    'SSLv3/TLS write server hello',
    'SSLv3/TLS write change cipher spec',
    'TLSv1.3 write encrypted extensions',
    'SSLv3/TLS write certificate',
    'TLSv1.3 write server certificate verify',
    'SSLv3/TLS write finished',
    'TLSv1.3 early data',
    'TLSv1.3 early data',
    'SSLv3/TLS read finished',
    'SSLv3/TLS write session ticket',
    'SSLv3/TLS write session ticket',
  ]);
  assert.match(err, /^SSL3 alert read:warning:close notify$/m);
});

test('-state ends a resumption of TLS 1.2 with the message that ends it', { skip }, async (t) => {
  const session = join(folder(t), 'session');
  const program = await watched(t, { words: ['-state', '-tls1_2', '-no_ticket'], client: ['-sess_out', session] });
  const before = program.err.length;
  const client = ['s_client', '-connect', `127.0.0.1:${program.port}`, '-sess_in', session];
  await run('openssl', client, 'Q\n');
  await program.prints(/CONNECTION CLOSED[\s\S]*CONNECTION CLOSED/);
  const steps = program.err.slice(before).match(/(?<=^SSL_accept:SSLv3\/TLS ).*$/gm);
  assert.deepEqual(steps?.slice(-3), ['write finished', 'read change cipher spec', 'read finished']);
});

test('-state tells of a renegotiation that is refused, and of new keys', { skip }, async (t) => {
  const program = await Program.start(t, '-state', ...certificateFiles(t, 'P-256').words);
  const client = ['s_client', '-connect', `127.0.0.1:${program.port}`];
  const ok = 'SSL_accept:SSL negotiation finished successfully\n';
  await run('openssl', [...client, '-tls1_2'], 'R\n');
  await program.prints(/CONNECTION CLOSED/);
  const refusal = `${ok}${ok}SSL3 alert write:warning:no renegotiation\nSSL_accept:SSLv3/TLS read client hello\n`;
  assert.ok(program.err.includes(refusal), program.err);
  await run('openssl', [...client, '-tls1_3'], 'k\nQ\n');
  await program.prints(/CONNECTION CLOSED[\s\S]*CONNECTION CLOSED/);
  assert.ok(program.err.includes(`${ok}${ok}SSL_accept:TLSv1.3 read client key update\n`), program.err);
});

test('-msgfile takes what -msg prints', { skip }, async (t) => {
  const file = join(folder(t), 'messages');
  const program = await watched(t, { words: ['-msg', '-msgfile', file], client: ['-tls1_2'] });
  assert.doesNotMatch(program.out, /RecordHeader/);
  const text = readFileSync(file, 'utf8');
  // Before a version is agreed on, the highest supported one is printed.
  assert.match(
    text,
    /^<<< TLS 1\.0, RecordHeader \[length 0005\]\n {4}16 03 01 .*\n<<< TLS 1\.3, Handshake .*ClientHello\n/,
  );
  assert.match(text, /\n>>> TLS 1\.2, Handshake \[length 0004\], ServerHelloDone\n {4}0e 00 00 00\n/);
});

test('-debug tells the reads and writes of the transport, also with -quiet', { skip }, async (t) => {
  const program = await Program.start(t, '-debug', '-quiet', ...certificateFiles(t, 'P-256').words);
  await run('openssl', ['s_client', '-connect', `127.0.0.1:${program.port}`, '-tls1_3'], 'Q\n');
  await program.prints(/\(5 bytes => 5 \(0x5\)\)\n0000 - 17 03 03 00 13/);
  assert.match(program.out, /^read from 0x[0-9a-f]+ \[0x[0-9a-f]+\] \(5 bytes => 5 \(0x5\)\)\n0000 - 16 03 01 /m);
  assert.match(
    program.out,
    /^write to 0x[0-9a-f]+ \[0x[0-9a-f]+\] \(\d+ bytes => \d+ \(0x[0-9A-F]+\)\)\n0000 - 16 03 03 /m,
  );
});

test('-tlsextdebug tells the extensions of a hello in their order', { skip }, async (t) => {
  const client = ['-tls1_2', '-servername', 'localhost', '-alpn', 'h2'];
  const { out } = await watched(t, { words: ['-tlsextdebug'], client });
  assert.match(
    out,
    /^TLS client extension "server name" \(id=0\), len=14\n0000 - 00 0c 00 00 09 6c 6f 63-61 6c 68 6f 73 74 /m,
  );
  assert.match(out, /^TLS client extension "application layer protocol negotiation" \(id=16\), len=5\n/m);
});

test('-security_debug_verbose tells every question, and -security_debug the refusals', { skip }, async (t) => {
  const { err } = await watched(t, { words: ['-security_debug_verbose', '-groups', 'P-256'], client: ['-tls1_3'] });
  const questions = err.match(/(?<=^Security callback: ).*(?=: yes$)/gm) ?? [];
  // One question during the search for a share, and one after a share has arrived.
  const shares = questions.filter((it) => it === 'Supported Curve=P-256, security bits=128');
  assert.equal(shares.length, 3);
  assert.deepEqual(questions.filter((it) => it.startsWith('Version=')).slice(0, 3), [
    'Version=TLS 1.3',
    'Version=TLS 1.3',
    'Version=TLS 1.2',
  ]);
  const client = ['-tls1_2', '-cipher', 'ALL:@SECLEVEL=0'];
  const refusals = await watched(t, { words: ['-security_debug'], client });
  assert.match(
    refusals.err,
    /^Security callback: Shared Signature Algorithm scheme=ecdsa_sha1, security bits=64: no$/m,
  );
  assert.doesNotMatch(refusals.err, /: yes$/m);
});

test(
  '-security_debug_verbose asks about a certificate of -xcert when it is checked and when it is used',
  { skip },
  async (t) => {
    const { certificate, key } = certificateFiles(t, 'P-384');
    const words = ['-security_debug_verbose', '-tls1_2', '-xcert', certificate, '-xkey', key];
    const { err } = await watched(t, { words, client: [] });
    const curve = 'Security callback: Check Curve=P-384, security bits=192: yes\n';
    const used = 'Security callback: Certificate chain EE key=, bits=384, security bits=192: yes\n';
    assert.match(err, new RegExp(`${curve}Checking cert chain 1:\n[\\s\\S]*not tested\n${used}${curve}`));
  },
);

test('-security_debug_verbose asks anew where the reference stops to look for early data', { skip }, async (t) => {
  const version = /^Security callback: Version=TLS 1\.3: yes$/gm;
  const words = ['-security_debug_verbose', '-tls1_3'];
  const [without, early, stateless] = [
    await watched(t, { words, client: [] }),
    await watched(t, { words: [...words, '-early_data'], client: [] }),
    await watched(t, { words: [...words, '-stateless'], client: [] }),
  ].map(({ err }) => err);
  const count = (text = '') => text.match(version)?.length ?? 0;
  assert.equal(count(early), count(without) + 1);
  assert.match(stateless ?? '', /Check Curve=X25519[\s\S]*Check Curve=X25519/);
});

test('-security_debug_verbose asks about the files of -ssl_config when they are loaded', { skip }, async (t) => {
  const { certificate, key } = certificateFiles(t, 'P-256');
  const file = join(folder(t), 'openssl.cnf');
  const ours = `Certificate = ${certificate}\nPrivateKey = ${key}\n`;
  writeFileSync(file, `openssl_conf = a\n[a]\nssl_conf = b\n[b]\nours = c\n[c]\n${ours}`);
  const words = ['-ssl_config', 'ours', '-nocert', '-security_debug_verbose'];
  const program = new Program(words, { environment: { OPENSSL_CONF: file } });
  t.after(() => program.stop());
  await program.prints(/^ACCEPT/m);
  assert.match(program.err, /^Security callback: Certificate chain EE key=, bits=256, security bits=128: yes$/m);
});

test('-nbio and -nbio_test say so, and short reads and writes still make a connection', { skip }, async (t) => {
  for (const option of ['-nbio', '-nbio_test']) {
    const { out, err } = await watched(t, { words: [option], client: ['-tls1_2'] });
    assert.match(err, /^Turned on non blocking io$/m, option);
    assert.match(out, /^CIPHER is /m, option);
  }
});

test('-keymatexport and -keymatexportlen print what the client exports as well', { skip }, async (t) => {
  const label = ['-keymatexport', 'EXPORTER-test', '-keymatexportlen', '9'];
  const program = await Program.start(t, ...label, ...certificateFiles(t, 'P-256').words);
  const client = await run('openssl', ['s_client', '-connect', `127.0.0.1:${program.port}`, ...label], 'Q\n');
  await program.prints(/CONNECTION CLOSED/);
  const material = /Length: 9 bytes\n {4}Keying material: ([0-9A-F]{18})\n/;
  assert.ok(material.test(program.out));
  assert.equal(material.exec(program.out)?.[1], material.exec(client.out)?.[1]);
});
