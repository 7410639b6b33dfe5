import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotations } from './annotations.ts';
import { junitReport } from './junit.ts';
import { failureText, handshakesResult, plainResult, type Result, termResult, verdictText } from './result.ts';
import { tapReport } from './tap.ts';

const met = termResult({ term: 'tls=1.3', met: true, connection: 1, seen: 'TLS 1.3', milliseconds: 12 });
const unmet = termResult({ term: 'alpn=h2', met: false, connection: 2, seen: 'none', milliseconds: 1500 });
const skipped = termResult({ term: 'pq', met: null, connection: undefined, seen: 'no client', milliseconds: 0 });
const hostile: Result = {
  name: `http=GET /<a b="c">&'d' # \\ %\u0007\u009b\ufffe`,
  outcome: 'bad',
  message: 'first\r\n::error::second ]]>',
  details: ['100 % of it', '::warning::third'],
  milliseconds: 0.5,
};

test('a term that is not met says what was expected and seen, by which connection; its name has no number', () => {
  assert.deepEqual([unmet.name, unmet.message], ['alpn=h2', 'expected alpn=h2, seen none by connection 2']);
  const alone = { term: 'connections=2', met: false, connection: undefined, seen: '1', milliseconds: 0 };
  assert.equal(verdictText(alone), 'expected connections=2, seen 1');
  assert.equal(verdictText({ ...alone, term: 'sni=a\nb' }), 'expected sni=a\\x0ab, seen 1');
});

test('handshakes that failed are one result with the explanation', () => {
  const failure = { connection: 3, text: 'no shared cipher', explain: ['client offers RC4'], milliseconds: 4 };
  const { name, outcome, message, details } = handshakesResult([failure]);
  assert.deepEqual(
    [name, outcome, message, details],
    ['handshakes', 'bad', 'the handshake of connection 3 failed: no shared cipher', ['client offers RC4']],
  );
  assert.equal(handshakesResult([]).outcome, 'good');
  assert.equal(failureText({ ...failure, text: 'a\u001bb' }), 'the handshake of connection 3 failed: a\\x1bb');
});

test('JUnit has a test case a result, with times in seconds', () => {
  const report = junitReport([met, unmet, skipped], { began: '2026-01-02T03:04:05.000Z', milliseconds: 2345.6 });
  assert.equal(
    report,
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="serverhello" tests="3" failures="1" errors="0" skipped="1" time="2.346">
  <testsuite name="s_server" tests="3" failures="1" errors="0" skipped="1" time="2.346" timestamp="2026-01-02T03:04:05.000Z">
    <testcase classname="serverhello" name="tls=1.3" time="0.012"/>
    <testcase classname="serverhello" name="alpn=h2" time="1.500">
      <failure message="expected alpn=h2, seen none by connection 2" type="serverhello">expected alpn=h2, seen none by connection 2</failure>
    </testcase>
    <testcase classname="serverhello" name="pq" time="0.000">
      <skipped message="no client"/>
    </testcase>
  </testsuite>
</testsuites>
`,
  );
});

test('JUnit escapes what XML gives a meaning, and what it has no form for', () => {
  const report = junitReport([hostile], { began: '', milliseconds: 0 });
  assert.ok(
    report.includes(`name="http=GET /&#60;a b=&#34;c&#34;&#62;&#38;&#39;d&#39; # \\ %\\x07\\x9b\\xfffe"`),
    report,
  );
  assert.ok(report.includes('message="first\\x0d&#10;::error::second ]]&#62;"'), report);
});

test('TAP has a test point a result, and what was seen in its diagnostics', () => {
  assert.equal(
    tapReport([met, unmet, skipped]),
    `TAP version 14
1..3
ok 1 - tls=1.3
  ---
  duration_ms: 12
  ...
not ok 2 - alpn=h2
  ---
  duration_ms: 1500
  message: "expected alpn=h2, seen none by connection 2"
  details: []
  ...
ok 3 - pq # SKIP no client
`,
  );
});

test('TAP escapes what it gives a meaning: no name becomes a directive, no text a line', () => {
  const report = tapReport([hostile, { ...skipped, message: 'no\nclient' }]);
  assert.ok(report.includes(`not ok 1 - http=GET /<a b="c">&'d' \\# \\\\ %\\x07\\x9b`), report);
  assert.ok(report.includes('  message: "first\\r\\n::error::second ]]>"\n'), report);
  assert.ok(report.endsWith('ok 2 - pq # SKIP no\\x0aclient\n'), report);
});

test('annotations are a line for each bad result, whatever stands in it', () => {
  assert.equal(annotations([met, skipped, plainResult('run', undefined)]), '');
  assert.equal(
    annotations([unmet, plainResult('run', 'no client came')]),
    '::error title=serverhello%3A alpn=h2::expected alpn=h2, seen none by connection 2\n' +
      '::error title=serverhello%3A run::no client came\n',
  );
  const lines = annotations([hostile]).split('\n');
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? '', /::first%0D%0A::error::second \]\]>%0A100 %25 of it%0A::warning::third$/);
});
