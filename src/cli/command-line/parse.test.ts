import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { help } from '../help/help.ts';
import { RecordedOutput } from '../output/recorded-output.test.fixture.ts';
import { Stop } from '../output/stop.ts';
import { type Parsed, parse } from './parse.ts';

const summary = 's_server: Use -help for summary.\n';

test('values come as the next word or after an equals sign, options with one dash or two', () => {
  for (const line of ['-port 4433', '--port 4433', '-port=4433', '--port=4433', '-port 0x1151']) {
    assert.deepEqual(parsed(line).options, { port: 4433 }, line);
  }
});

test('a value may begin with a dash, be empty, or hold equals signs', () => {
  assert.deepEqual(parsed('-cert -key').options, { cert: '-key' });
  assert.deepEqual(parsed('-pass=pass:a=b').options, { pass: 'pass:a=b' });
  assert.deepEqual(parsed('-pass=').options, { pass: '' });
});

test('the last of two equal options counts, and both are kept in order', () => {
  const { options, given } = parsed('-accept 1 -www -accept 2');
  assert.deepEqual(options, { accept: '2', www: true });
  assert.deepEqual(
    given.map(({ name, value }) => `${name} ${value}`),
    ['accept 1', 'www true', 'accept 2'],
  );
});

test('options of the configuration module are collected in order, with one dash', () => {
  assert.deepEqual(
    parsed('--cipher A -serverpref -port 1 -num_tickets 0x3 -cipher=B -allow-no-dhe-kex').configuration.map(
      ({ command: _, ...step }) => step,
    ),
    [
      { flag: '-cipher', value: 'A' },
      { flag: '-serverpref' },
      { flag: '-num_tickets', value: '0x3' },
      { flag: '-cipher', value: 'B' },
      { flag: '-allow_no_dhe_kex' },
    ],
  );
});

test('-version prints the versions on stdout and stops', () => {
  for (const line of ['-version', '--version']) {
    const output = new RecordedOutput();
    assert.throws(() => parse([line], output), new Stop('', 0));
    assert.match(output.stdout, /^serverhello \d+\.\d+\.\d+, Node\.js \d+\S*, OpenSSL \d\S*\n$/);
  }
});

test('a misspelt option is answered with the nearest ones where a person reads it', () => {
  const text = `s_server: Unknown option: -acept\n${summary}`;
  for (const [readByPerson, expected] of [
    [false, text],
    [true, `${text}Did you mean -accept?\n`],
  ] as const) {
    const output = Object.assign(new RecordedOutput(), { readByPerson });
    assert.throws(
      () => parse(['-acept', '1'], output),
      (error: Stop) => error.text === expected,
    );
  }
});

test('-no_ign_eof takes an -ign_eof before it back, and none after it', () => {
  assert.equal(parsed('-ign_eof -no_ign_eof').options.ign_eof, undefined);
  assert.equal(parsed('-no_ign_eof -ign_eof').options.ign_eof, true);
});

const usageErrors: [string, string][] = [
  ['-foo', 'Unknown option: -foo'],
  ['--foo', 'Unknown option: -foo'],
  ['---port', 'Unknown option: --port'],
  ['-foo=bar', 'Unknown option: -foo'],
  ['-', 'Unknown option: -'],
  ['-acc', 'Unknown option: -acc'],
  ['-Port', 'Unknown option: -Port'],
  ['-cert', 'Option -cert needs a value'],
  ['-nocert=', 'Option -nocert does not take a value'],
  ['-port abc', 'Can\'t parse "abc" as a number'],
  ['-naccept 3x', 'Can\'t parse "3x" as a number'],
  ['-port 0x10x', 'Can\'t parse "0x10x" as a hexadecimal number'],
  ['-port 09', 'Can\'t parse "09" as an octal number'],
  ['-port 99999999999', 'Value "99999999999" outside integer range'],
  ['-port 99999999999999999999999', 'Can\'t parse "99999999999999999999999" as a number'],
  ['-port=-5', 'Non-positive number "-5" for option -port'],
  ['-naccept 0', 'Non-positive number "0" for option -naccept'],
  ['-attime 5x', 'Can\'t parse "5x" as a number'],
  ['-CApath /nonexistent/folder', 'Not a directory: /nonexistent/folder'],
];
for (const [line, text] of usageErrors) {
  test(`${line} is told as the reference tells it`, () =>
    assert.equal(refusal(line).text, `s_server: ${text}\n${summary}`));
}

test('format words are told in two lines', () => {
  const invalid = (word: string, name: string) => `s_server: Invalid format "${word}" for option -${name}\n${summary}`;
  assert.equal(refusal('-certform XYZ').text, `s_server: Bad format "XYZ"\n${invalid('XYZ', 'certform')}`);
  assert.equal(
    refusal('-CRLform P12').text,
    `s_server: Bad format "P12"; must be pem or der\n${invalid('P12', 'CRLform')}`,
  );
  assert.match(
    refusal('-keyform NSX').text,
    /^s_server: Bad format "NSX"; must be one of:\n {3}PEM\/DER\n {3}pkcs12\n/,
  );
  assert.deepEqual(parsed('-keyform engine -certform d -dcertform pem -dkeyform 1').given.length, 4);
});

test('words after the options are refused with the summary line alone', () => {
  assert.equal(refusal('-www stray').text, summary);
  assert.deepEqual(parsed('-www --').options, { www: true });
});

test('what stands behind -- is a command, whatever it looks like', () => {
  const { options, command } = parsed('-www -- curl -v -- {url}');
  assert.deepEqual([options, command], [{ www: true }, ['curl', '-v', '--', '{url}']]);
  assert.deepEqual(parsed('-- -www').command, ['-www']);
  assert.equal(parsed('-www --').command, undefined);
});

test('help stops the program with exit code 0 before what follows is read', () => {
  for (const line of ['-help -nosuch', '-www -h', '--help']) {
    assert.deepEqual([refusal(line).text, refusal(line).exitCode], [help(), 0]);
  }
  assert.equal(refusal('-nosuch -help').exitCode, 1);
});

test('two protocol flags, or one with a version taken out, are refused wherever they stand', () => {
  assert.equal(refusal('-tls1_2 -www -tls1_3').text, 'Cannot supply multiple protocol flags\n');
  assert.equal(refusal('-dtls -dtls').text, 'Cannot supply multiple protocol flags\n');
  const both = "Cannot supply both a protocol flag and '-no_<prot>'\n";
  assert.equal(refusal('-tls1_2 -no_tls1_1').text, both);
  assert.equal(refusal('-no_ssl3 -tls1_2').text, both);
  assert.equal(parsed('-no_tls1 -no_tls1_1').given.length, 2);
});

test('the verify depth is told while parsing, unless quiet came before', () => {
  assert.equal(printed('-verify 3'), 'verify depth is 3\n');
  assert.equal(printed('-Verify 2 -quiet'), 'verify depth is 2, must return a certificate\n');
  assert.equal(printed('-quiet -verify 3'), '');
  assert.equal(printed('-brief -Verify 3'), '');
});

const argumentErrors: [string, string][] = [
  ['-psk 12xz', "Not a hex number '12xz'\n"],
  ['-max_early_data -1', 'Invalid value for max_early_data\n'],
  ['-recv_max_early_data -1', 'Invalid value for recv_max_early_data\n'],
  ['-status_url :::', 'Error parsing -status_url argument\n'],
  ['-status_url ftp://x', 'Error parsing -status_url argument\n'],
  ['-status_url http://x:99999/', 'Error parsing -status_url argument\n'],
  ['-status_url http://x:y/', 'Error parsing -status_url argument\n'],
  ['-status_url http://[::1', 'Error parsing -status_url argument\n'],
  ['-msgfile /nonexistent/folder/file', 'Error writing file /nonexistent/folder/file\n'],
  ['-policy foo', 's_server: Invalid Policy foo\n'],
  ['-policy 3.1', 's_server: Invalid Policy 3.1\n'],
  ['-policy 1.40', 's_server: Invalid Policy 1.40\n'],
  ['-policy 1', 's_server: Invalid Policy 1\n'],
  ['-purpose nosuch', 's_server: Invalid purpose nosuch\n'],
  ['-verify_name nosuch', 's_server: Invalid verify name nosuch\n'],
  ['-verify_ip 300.1.2.3', ''],
  ['-nameopt nosuchopt', ''],
  ['-xkey a -xkey b', 's_server: Key already specified\n'],
  ['-xcert a -xchain b -xchain c', 's_server: Chain already specified\n'],
  ['-accept a:b:c', 's_server: -accept argument malformed or ambiguous\n'],
];
for (const [line, text] of argumentErrors) {
  test(`${line} ends the program with ${text === '' ? 'nothing' : 'its line'} on stderr`, () => {
    assert.deepEqual([refusal(line).text, refusal(line).exitCode], [text, 1]);
  });
}

test('arguments that the reference takes are taken', () => {
  const lines = [
    '-policy 1.2 -policy anyPolicy -policy 2.999.1 -purpose ocsphelper -verify_name ssl_client -verify_ip ::1',
    '-nameopt oneline,-utf8 -nameopt=utf8, -nameopt=',
    '-status_url http:// -status_url x -status_url https://u@[::1]:80/a?b -status_url= -psk= -psk aBc',
    '-xcert a -xkey b -xcert c -xkey d -provider default',
  ];
  for (const line of lines) assert.ok(parsed(line).given.length > 0, line);
});

test('an engine is told to be invalid and the start goes on, an unknown provider ends it', () => {
  assert.match(printed('-engine foo'), /^Invalid engine "foo"\n(?:\w+:error:1[23][08]000.*\n){7}$/);
  assert.match(refusal('-provider foo').text, /^s_server: unable to load provider foo\nHint: use -provider-path /);
});

test('any line is parsed or refused in complete lines', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('-port', '-cert', '-www', '-tls1_2', '--', '-verify_ip', '-accept'),
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      try {
        parse(words, new RecordedOutput());
      } catch (error) {
        if (!(error instanceof Stop)) throw error;
        assert.match(error.text, /^$|\n$/);
      }
    }),
  );
});

function parsed(line: string): Parsed {
  return parse(line.split(' '), new RecordedOutput());
}

function printed(line: string): string {
  const output = new RecordedOutput();
  parse(line.split(' '), output);
  assert.equal(output.stdout, '');
  return output.stderr;
}

function refusal(line: string): Stop {
  try {
    parsed(line);
  } catch (error) {
    if (error instanceof Stop) return error;
    throw error;
  }
  throw new Error(`${line} was not refused`);
}
