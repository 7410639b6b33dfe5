import { valueDefinitions } from './decoding/value.ts';
import type { Schema } from './description.ts';
import { type FactKind, factDescriptions } from './fact.ts';

/** factPage makes `docs/facts.md` from the descriptions: every kind of fact with its members. */
export function factPage(): string {
  const values = Object.entries(valueDefinitions).map(([name, { schema }]) => valueSection(name, schema));
  const facts = Object.entries(factDescriptions).map(([kind, { schema }]) => {
    return `\n## \`${kind}\`\n\n${about[kind as FactKind]}\n\n${members(schema)}`;
  });
  return `${introduction}${values.join('')}${facts.join('')}`;
}

const introduction = `# Facts

A connection is a stream of facts: things that happened, told once, in their order. \`s_server -json FILE\` writes each as a
line of JSON (\`-json -\` to stdout, \`-json fd:3\` to an open descriptor); in the library \`server.on('fact', (fact) => ...)\`
gets the same objects. [facts.schema.json](facts.schema.json) is their JSON Schema. This page is made by \`npm run docs\`.

Every fact has \`fact\`, its kind, and \`at\`, milliseconds since the start; one of a connection has \`connection\`, which counts
from 1. Members stand in the order given here. Bytes are lower-case hexadecimal.

    s_server -www -json - | jq 'select(.fact == "clientHello") | .ja4'

With \`-json -\` stdout holds nothing else, and what people read goes to stderr. A reader that stops never stops the server:
beyond 8 MiB whole lines are dropped, counted in \`end\` and, once it goes on, told by \`lost\`. \`secret\` comes only with
\`-keylogfile\`, the bytes of messages with \`-json_bytes\`, \`record\` with \`-json_records\`, the content of application data with
\`-json_data\`. In \`argv\` secrets are \`***\`.
`;

const about: Readonly<Record<FactKind, string>> = {
  start: 'The program has read its command line.',
  listening: 'Clients can connect.',
  fetch: 'Something was looked up over HTTP.',
  verdict: 'What became of a term of `-expect`, at the end of the run.',
  exec: 'The command of the run has ended.',
  verification: 'The answer of `serverhello verify -json` to a request; its `faults` are as `verify`.',
  lost: 'An output could not take everything.',
  end: 'The last fact.',
  connected: 'A client is there; on datagrams only once it has come back with its cookie.',
  clientHello: 'A ClientHello, taken apart.',
  message:
    'A handshake message. Where its bytes break its description, `malformed` and `rest` take the place of the field.',
  record: 'The header of a record.',
  choice: 'The server has chosen.',
  verify: "A step of the verification of the client's certificate.",
  secret: 'A secret, as a key log has it.',
  established: 'The handshake is done.',
  renegotiated: 'A later handshake is done, or the client has answered a later request for its certificate.',
  alert: 'An alert came or went.',
  keyUpdate: 'New keys for one direction (TLS 1.3).',
  data: 'Application data; at most one fact a direction in 100 milliseconds (with content also when 64 KiB have come together).',
  moved: 'The client of DTLS has changed its address; its connection id says that it is the same.',
  http: 'A request over HTTP was answered.',
  failed: 'The conversation failed. After the handshake a client that simply goes is no failure: see `closed`.',
  closed: 'The transport is closed.',
  broken: 'The client broke a rule, and `-debug_broken_protocol` went on.',
  flight: 'Our last flight was sent again.',
};

function valueSection(name: string, schema: Schema): string {
  return `\n## Value *${name}*\n\n${upperCaseFirst(schema.description ?? `An ${name}`)}: ${typeText(schema)}.\n`;
}

function members(schema: Schema): string {
  const properties = Object.entries(propertiesOf(schema)).filter(([name]) => !shared.has(name));
  const rows = properties.map(([name, member]) => {
    const word = isRequired(schema, name) ? `\`${name}\`` : `\`${name}\` (may be missing)`;
    return `| ${word} | ${typeText(member)} | ${member.description ?? ''} |\n`;
  });
  return `| member | value | |\n|---|---|---|\n${rows.join('')}`.replaceAll('<', '&lt;');
}

const shared = new Set(['fact', 'at', 'connection']);

function typeText(schema: Schema): string {
  const { $ref, type, anyOf, items } = schema;
  if (typeof $ref === 'string') return `*${$ref.replace('#/$defs/', '')}*`;
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (Array.isArray(schema.enum))
    return schema.enum.length > 12 ? 'a name' : schema.enum.map((it) => `\`${it}\``).join(', ');
  if (Array.isArray(anyOf)) return anyOf.map((it: Schema) => typeText(it)).join(' or ');
  if (type === 'array') return `list of ${typeText(isSchema(items) ? items : {})}`;
  if (type === 'object')
    return `{ ${Object.keys(propertiesOf(schema))
      .map((name) => `\`${name}\``)
      .join(', ')} }`;
  return type === undefined ? 'any JSON' : schema.pattern === undefined ? String(type) : 'hexadecimal';
}

function propertiesOf({ properties }: Schema): Readonly<Record<string, Schema>> {
  return isSchema(properties) ? (properties as Readonly<Record<string, Schema>>) : {};
}

function isRequired({ required }: Schema, name: string): boolean {
  return Array.isArray(required) && required.includes(name);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

function upperCaseFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
