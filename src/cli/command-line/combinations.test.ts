import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listenAddress } from '../arguments/accept-address.ts';
import { RecordedOutput } from '../output/recorded-output.test.fixture.ts';
import { Stop } from '../output/stop.ts';
import { checkCombinations } from './combinations.ts';
import { parse } from './parse.ts';

const clashes: [string, string][] = [
  ['-nextprotoneg x -tls1_3', 'Cannot supply -nextprotoneg with TLSv1.3\ns_server: Use -help for summary.\n'],
  ['-dtls -www', "Can't use -HTTP, -www or -WWW with DTLS\n"],
  ['-dtls1 -WWW', "Can't use -HTTP, -www or -WWW with DTLS\n"],
  ['-dtls1_2 -HTTP', "Can't use -HTTP, -www or -WWW with DTLS\n"],
  ['-listen', 'Can only use -listen with DTLS\n'],
  ['-dtls -rev', "Can't use -rev with DTLS\n"],
  ['-dtls -stateless', 'Can only use --stateless with TLS\n'],
  ['-dtls -tfo', 'Can only use -tfo with TLS\n'],
  ['-dtls -unix p', "Can't use unix sockets and datagrams together\n"],
  ['-early_data -rev', "Can't use -early_data in combination with -www, -WWW, -HTTP, or -rev\n"],
  ['-sctp', "Can't use -sctp without DTLS\n"],
  ['-sendfile', "Can't use -sendfile without -WWW or -HTTP\n"],
  ['-sendfile -WWW -www', "Can't use -sendfile without -WWW or -HTTP\n"],
  ['-sendfile -listen -dtls -rev -www', "Can't use -HTTP, -www or -WWW with DTLS\n"],
];
for (const [line, text] of clashes) {
  test(`${line} is refused`, () => assert.throws(() => check(line), new Stop(text)));
}

test('what goes together is let through', () => {
  for (const line of [
    '-early_data -www',
    '-dtls -listen',
    '-dtls -sctp',
    '-sendfile -WWW',
    '-unix p -www',
    '-stateless',
  ]) {
    assert.doesNotThrow(() => check(line), line);
  }
});

function check(line: string): void {
  const parsed = parse(line.split(' '), new RecordedOutput());
  checkCombinations(parsed, listenAddress(parsed.given));
}
