import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { alpn } from '../messages/extensions/alpn.ts';
import { encodeExtension } from '../messages/extensions/extension.ts';
import { serverName } from '../messages/extensions/server-name.ts';
import { cipherSuites } from '../names/cipher-suites.ts';
import { groups } from '../names/groups.ts';
import { signatureSchemes } from '../names/signature-schemes.ts';
import { type Card, cardOf, judgedLists } from './card.ts';
import { cardHtml } from './card-html.ts';
import { cardText, rulesText } from './card-text.ts';
import { rules } from './grade-rules.ts';
import { blameless, extensionOf, goldenBytes, helloJson, madeHello, withExtension } from './hello.test.fixture.ts';
import { groupJudgement } from './standings/group-standings.ts';
import { schemeJudgement } from './standings/scheme-standings.ts';
import { suiteJudgement } from './standings/suite-standings.ts';

const golden: Readonly<Record<string, string>> = {
  'chromium-156': 'A',
  'curl-7.88-openssl-3.0': 'B',
  'gnutls-cli-3.7': 'B',
  'java-17': 'B',
  'node-20': 'A',
  'nss-tstclnt-3.87': 'D',
  'openssl-s_client-3.0': 'B',
  'openssl-s_client-3.5': 'A',
  'openssl-s_client-3.6': 'A',
  'openssl-s_client-4.0': 'A',
  'python-3.11': 'A+',
};

function cardNamed(name: string): Card {
  return cardOf(helloJson(goldenBytes(name)));
}

test('every golden hello has its grade', () => {
  const names = readdirSync('test/golden/hellos').filter((name) => name.endsWith('.hex'));
  const found = names.map((file) => file.replace(/\.hex$/, '')).map((name) => [name, cardNamed(name).grade]);
  assert.deepEqual(Object.fromEntries(found), golden);
});

for (const name of Object.keys(golden)) {
  test(`no part of the hello of ${name} is without name, standing or purpose`, () => {
    const card = cardNamed(name);
    const points = judgedLists(card).flatMap(([, list]) => list);
    assert.ok(points.length > 20);
    const isBare = (it: (typeof points)[number]) => !it.grease && (it.name === null || it.standing === 'unknown');
    assert.deepEqual(points.filter(isBare), []);
    assert.deepEqual(
      card.extensions.filter((it) => !it.grease && (it.name === null || it.purpose === null)),
      [],
    );
  });
}

test('all that this program has itself stands in the tables', () => {
  const names = (list: readonly { code: number }[], judge: typeof suiteJudgement) =>
    list.map(({ code }) => judge({ code, name: 'TLS_' })).filter(({ standing }) => standing === 'unknown').length;
  assert.equal(names(groups, groupJudgement), 0);
  assert.equal(names(signatureSchemes, schemeJudgement), 0);
  const suites = cipherSuites.filter(
    ({ ianaName = 'TLS_' }) => suiteJudgement({ code: 0, name: ianaName }).standing === 'unknown',
  );
  assert.deepEqual(suites, []);
});

test('code points have the standing of their RFC', () => {
  const suites = [0x1301, 0xc02b, 0xc009, 0x009c, 0x000a, 0xc011, 0xc018, 0x5600, 0x0a0a, 0x7777];
  const extensions = [
    blameless.versions,
    extensionOf(10, '000a 001d 0019 0013 1a1a 7777'),
    extensionOf(13, '000c 0804 0402 0301 0201 fafa 7777'),
  ];
  const card = cardOf(helloJson(madeHello({ cipherSuites: suites, extensions })));
  const standings = (list: Card['groups']) => list.map(({ standing }) => standing).join(' ');
  assert.equal(
    standings(card.cipherSuites),
    'recommended recommended legacy discouraged discouraged insecure insecure legacy GREASE unknown',
  );
  assert.equal(standings(card.groups), 'recommended legacy discouraged GREASE unknown');
  assert.equal(standings(card.signatureAlgorithms), 'recommended legacy discouraged insecure GREASE unknown');
});

test('what costs nothing is a note', () => {
  const { grade, notes } = cardOf(helloJson(madeHello({ extensions: withExtension('groups') })));
  assert.equal(grade, 'A+');
  assert.deepEqual(notes, [
    'No server name: usual where an address was asked for',
    'No post-quantum group: recorded traffic may be readable to later computers',
  ]);
  assert.deepEqual(cardNamed('chromium-156').notes, [
    'GREASE (RFC 8701): values that servers have to ignore',
    'An encrypted ClientHello, or one that looks like it: what is shown here is the outer one',
  ]);
});

const hostile = [
  '<script>alert(1)</script>',
  "\"onload='x' &amp;",
  '\x1b[31mred\x1b[0m',
  '\r\nX: y',
  'a\u202eb',
  '\x00\x9b',
];

test('hostile names leave no character of their own in text and page', () => {
  for (const name of hostile) {
    const bytes = Buffer.from(name);
    const extensions = [
      ...Object.values(blameless),
      encodeExtension(serverName, 'clientHello', [{ nameType: 0, name: bytes }]),
      encodeExtension(alpn, 'clientHello', [bytes]),
    ];
    const card = cardOf(helloJson(madeHello({ extensions })));
    assert.match(cardText(card), /^[\n\x20-\x7e]*$/);
    const page = cardHtml(card);
    assert.match(page, /^[\n\x20-\x7e]*$/);
    assert.equal(
      page.replace(/>[^<]*/g, '>'),
      cardHtml(cardOf(helloJson(madeHello({ extensions: plain })))).replace(/>[^<]*/g, '>'),
    );
  }
});

const plain = [
  ...Object.values(blameless),
  encodeExtension(serverName, 'clientHello', [{ nameType: 0, name: Buffer.from('a') }]),
  encodeExtension(alpn, 'clientHello', [Buffer.from('a')]),
];

test('the page has no script, no address of anything else, and a heading for each row and column', () => {
  const page = cardHtml(cardNamed('chromium-156'));
  assert.doesNotMatch(page, /<script|<img|<link|<iframe|\son\w+=|\ssrc=|\shref=|url\(|@import|https?:/i);
  assert.match(page, /^<!DOCTYPE html>\n<html lang="en">/);
  assert.match(page, /prefers-color-scheme:dark/);
  const rows = page.match(/<tr>/g)?.length ?? 0;
  assert.equal((page.match(/<tr><th scope="(?:row|col)">/g) ?? []).length, rows);
  assert.equal((page.match(/<caption>/g) ?? []).length, (page.match(/<table>/g) ?? []).length);
});

test('the text begins with the grade and its reasons, and has every list', () => {
  const text = cardText(cardNamed('nss-tstclnt-3.87'));
  assert.ok(
    text.startsWith('Grade D (rules: 2026-11, standings: 2026-11)\n  at most B   Versions before TLS 1.2 are offered'),
  );
  assert.match(text, /^Cipher suites: 2 insecure, /m);
  assert.match(text, /^Modes of pre-shared keys: psk_dhe_ke$/m);
  assert.match(text, /^Point formats: uncompressed$/m);
  assert.match(text, /^Compression: null$/m);
  assert.match(
    text,
    /^ {2}TLS_RSA_WITH_RC4_128_SHA +insecure +up to TLS 1\.2: a key encrypted with RSA, RSA certificate, RC4_128_SHA$/m,
  );
  assert.match(text, /^ {2}psk_key_exchange_modes +recommended +says how pre-shared keys may be used$/m);
});

test('the rules are printed with their ids, caps and sources', () => {
  const lines = rulesText(rules).split('\n');
  assert.equal(lines[0], 'rules: 2026-11');
  for (const { id, cap, source } of rules) {
    assert.equal(
      lines.filter((line) => line.includes(` ${id} `) && line.includes(` ${cap} `) && line.includes(source)).length,
      1,
    );
  }
});

test('whatever is offered, there is a card', () => {
  const codes = fc.array(fc.nat(0xffff), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(
      codes,
      fc.array(fc.record({ type: fc.nat(0xffff), body: fc.uint8Array({ maxLength: 40 }) })),
      (suites, extensions) => {
        const distinct = [...new Map(extensions.map((it) => [it.type, it])).values()];
        const card = cardOf(helloJson(madeHello({ cipherSuites: suites, extensions: distinct })));
        assert.equal(card.cipherSuites.length, suites.length);
        assert.match(cardText(card), /^[\n\x20-\x7e]*$/);
        assert.match(cardHtml(card), /^[\n\x20-\x7e]*$/);
      },
    ),
    { numRuns: 200 },
  );
});
