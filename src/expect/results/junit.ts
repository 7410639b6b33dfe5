import type { Result } from './result.ts';

/** When a run began, in RFC 3339, and how long it took. */
export interface RunTime {
  readonly began: string;
  readonly milliseconds: number;
}

/** junitReport is JUnit XML, as CI servers read it: a test case a result. */
export function junitReport(results: readonly Result[], { began, milliseconds }: RunTime): string {
  const count = (outcome: Result['outcome']) => results.filter((it) => it.outcome === outcome).length;
  const totals = {
    tests: results.length,
    failures: count('bad'),
    errors: 0,
    skipped: count('skipped'),
    time: seconds(milliseconds),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites${attributes({ name: 'serverhello', ...totals })}>\n`,
    `  <testsuite${attributes({ name: 's_server', ...totals, timestamp: began })}>\n`,
    ...results.map(testCase),
    '  </testsuite>\n',
    '</testsuites>\n',
  ].join('');
}

function testCase({ name, outcome, message, details, milliseconds }: Result): string {
  const start = `    <testcase${attributes({ classname: 'serverhello', name, time: seconds(milliseconds) })}`;
  if (outcome === 'good') return `${start}/>\n`;
  const inside =
    outcome === 'skipped'
      ? `<skipped${attributes({ message })}/>`
      : `<failure${attributes({ message, type: 'serverhello' })}>${xml([message, ...details].join('\n'))}</failure>`;
  return `${start}>\n      ${inside}\n    </testcase>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(String(value)).replace(/[\n\t]/g, (it) => `&#${it.charCodeAt(0)};`)}"`)
    .join('');
}

/** Text in XML 1.0, which has no form for most control characters, U+FFFE and U+FFFF. */
function xml(text: string): string {
  return text
    .replace(notInXml, (it) => `\\x${it.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(/[&<>"']/g, (it) => `&#${it.charCodeAt(0)};`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const notInXml = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g;

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
