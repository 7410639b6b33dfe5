/*
 * The text of a line of config(5): comments, names, quotes, escapes and variables.
 */

/** Expansion is the context of a value's variables. */
export interface Expansion {
  /** `$` is a character of names, and variables need braces. */
  readonly dollarInNames: boolean;
  /** Value of a variable; `section` is undefined without a section name. */
  variable(name: string, section: string | undefined): string | undefined;
}

/** statementOf removes the comment and the surrounding white space. */
export function statementOf(line: string): string {
  const special = /[#\\"'`]/g;
  for (let found = special.exec(line); found !== null; found = special.exec(line)) {
    const at = found.index;
    const character = line.charAt(at);
    if (character === '#') return trimmed(line.substring(0, at));
    special.lastIndex = character === '\\' ? at + 2 : endOfQuote(line, at) + 1;
  }
  return trimmed(line);
}

/** endOfName returns the end of the name at `start`: letters, digits, some punctuation, and escaped characters. */
export function endOfName(text: string, start: number, dollarInNames: boolean): number {
  const name = dollarInNames ? /(?:\\[\s\S]?|[\w!%&*+,./;?@^~|$-])*/y : /(?:\\[\s\S]?|[\w!%&*+,./;?@^~|-])*/y;
  name.lastIndex = start;
  name.test(text);
  return name.lastIndex;
}

/**
 * expand resolves quotes, escapes and variables in a value; undefined for an unknown variable, an unclosed brace or a
 * result that is too long.
 */
export function expand(text: string, { dollarInNames, variable }: Expansion): string | undefined {
  let value = '';
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    if (isQuote(character)) {
      const end = endOfQuote(text, at);
      value += text.substring(at + 1, end).replace(/\\([\s\S]?)/g, '$1');
      at = end + 1;
    } else if (character === '\\') {
      const escaped = text.charAt(at + 1);
      value += escapes.get(escaped) ?? escaped;
      at += 2;
    } else if (character === '$' && !(dollarInNames && !/[{(]/.test(text.charAt(at + 1)))) {
      const reference = referenceAt(text, at, dollarInNames);
      const found = reference && variable(reference.name, reference.section);
      if (found === undefined || reference === undefined || value.length + found.length > maxValue) return undefined;
      value += found;
      at = reference.end;
    } else {
      value += character;
      at++;
    }
  }
  return value;
}

/** trimmed removes ASCII white space only. */
export function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.substring(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** "It is an error if the value ends up longer than 64k." */
const maxValue = 65536;

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['b', '\b'],
  ['t', '\t'],
]);

function isQuote(character: string): boolean {
  return character === '"' || character === "'" || character === '`';
}

/** endOfQuote returns the position of the closing quote, or the end of the text. */
function endOfQuote(text: string, start: number): number {
  const quote = text.charAt(start);
  let at = start + 1;
  for (; at < text.length && text.charAt(at) !== quote; at++) {
    if (text.charAt(at) === '\\') at++;
  }
  return Math.min(at, text.length);
}

interface Reference {
  readonly section: string | undefined;
  readonly name: string;
  readonly end: number;
}

/** referenceAt parses `$name`, `${name}`, `$(name)`, optionally with `section::` before the name. */
function referenceAt(text: string, dollar: number, dollarInNames: boolean): Reference | undefined {
  const brace = text.charAt(dollar + 1);
  const closing = brace === '{' ? '}' : brace === '(' ? ')' : '';
  const word = dollarInNames ? /[\w$]*(?:::[\w$]*)?/y : /\w*(?:::\w*)?/y;
  word.lastIndex = dollar + 1 + closing.length;
  const [matched = ''] = word.exec(text) ?? [];
  const end = word.lastIndex;
  if (closing !== '' && text.charAt(end) !== closing) return undefined;
  const [first = '', second] = matched.split('::');
  return {
    section: second === undefined ? undefined : first,
    name: second ?? first,
    end: end + closing.length,
  };
}
