import { AlertDescription } from '../names/alerts.ts';
import { problems } from '../names/problems.ts';
import { aCodePoint, anEndpoint, aText, aWay } from './decoding/value.ts';
import {
  array,
  boolean,
  constant,
  either,
  hexString,
  integer,
  keyOf,
  nullable,
  number,
  optional,
  string,
  word,
} from './description.ts';

const problem = keyOf(problems, 'our name of it');

/** Facts of a conversation and its end, each with the number of its connection. */
export const conversationFacts = {
  alert: {
    way: aWay(),
    level: aCodePoint(),
    description: aCodePoint(),
  },
  keyUpdate: {
    way: aWay(),
    requested: boolean('the other side is asked for one too'),
  },
  data: {
    way: aWay(),
    bytes: integer(),
    early: boolean(),
    content: optional(hexString('with -json_data')),
  },
  moved: {
    from: anEndpoint(),
    to: anEndpoint(),
  },
  http: {
    method: aText(),
    path: aText(),
    status: integer(),
  },
  failed: {
    problem: either(problem, word(['lost', 'timedOut', 'crashed', 'disconnected'])),
    text: string("the reference's reason"),
    rfc: nullable(string('the rule, such as `RFC 9846 section 4.2.2`'), 'null where none is broken'),
    alertSent: nullable(keyOf(AlertDescription)),
    alertReceived: nullable(aCodePoint()),
    where: word(['before the hello', 'handshake', 'data']),
    explain: array(string(), 'lines for a person'),
  },
  closed: {
    how: word(['close_notify', 'fin', 'reset', 'timeout', 'failure']),
    by: word(['us', 'peer']),
    bytesIn: integer('of the transport'),
    bytesOut: integer(),
    milliseconds: number('since `connected`'),
  },
  broken: {
    problem,
    text: string(),
    rfc: nullable(string()),
    bytes: hexString(),
  },
  flight: {
    repeated: constant(true),
  },
};
