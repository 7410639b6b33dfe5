import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { latin1 } from '../../bytes/hex.ts';
import { readBounded } from '../credentials/bounded-file.ts';
import { endOfName, expand, statementOf, trimmed } from './openssl-configuration-text.ts';

/** Section has names and values in the order of their last assignment. */
export type Section = ReadonlyMap<string, string>;

/** Sections of a configuration file by name; lines before the first are in `default`. */
export type Sections = ReadonlyMap<string, Section>;

/** BadConfiguration is a file that is not in the form of config(5), too large, or includes itself. */
export class BadConfiguration extends Error {
  override readonly name = 'BadConfiguration';
}

/**
 * readConfiguration reads a configuration file of OpenSSL, config(5), with its includes.
 * @throws {BadConfiguration}
 * @throws the system's error if the file itself cannot be read
 */
export function readConfiguration(path: string, environment: NodeJS.ProcessEnv): Sections {
  const reader = new Reader(environment);
  reader.readFile(path, { depth: 0, fromFolder: false });
  return reader.sections;
}

/** Maximum bytes of all files together, their number, and the depth of includes. */
const maxLength = 1 << 20;
const maxFiles = 256;
const maxDepth = 16;
/** Maximum characters of all values together: variables could double them in every line. */
const maxValues = 1 << 22;

interface Place {
  readonly depth: number;
  /** True for a file included from a folder: it may not include a folder itself. */
  readonly fromFolder: boolean;
}

class Reader {
  readonly sections = new Map<string, Map<string, string>>([['default', new Map()]]);
  private readonly environment: NodeJS.ProcessEnv;
  private current = 'default';
  private dollarInNames = false;
  private absoluteOnly = false;
  private includeFolder: string | undefined;
  private readLength = 0;
  private files = 0;
  private valuesLength = 0;

  constructor(environment: NodeJS.ProcessEnv) {
    this.environment = environment;
  }

  readFile(path: string, place: Place): void {
    if (place.depth > maxDepth || ++this.files > maxFiles) throw new BadConfiguration('too many files included');
    for (const line of logicalLines(this.content(path))) this.line(line, place);
  }

  private content(path: string): string {
    const bytes = readBounded(path, maxLength - this.readLength);
    if (bytes === undefined) throw new BadConfiguration('too large');
    this.readLength += bytes.length;
    return latin1(bytes).replace(/^\u00ef\u00bb\u00bf/, '');
  }

  private line(line: string, place: Place): void {
    const text = statementOf(line);
    if (text === '') return;
    if (text.startsWith('[')) this.enter(text.substring(1));
    else this.statement(text, place);
  }

  private enter(text: string): void {
    const end = text.indexOf(']');
    if (end < 0) throw new BadConfiguration('missing close square bracket');
    this.current = this.expanded(trimmed(text.substring(0, end)), this.current);
    this.section(this.current);
  }

  private statement(text: string, place: Place): void {
    const nameEnd = endOfName(text, 0, this.dollarInNames);
    const isQualified = text.startsWith('::', nameEnd);
    const start = isQualified ? nameEnd + 2 : 0;
    const end = isQualified ? endOfName(text, start, this.dollarInNames) : nameEnd;
    const section = isQualified ? text.substring(0, nameEnd) : this.current;
    const name = text.substring(start, end);
    const rest = trimmed(text.substring(end));
    const isDirective = rest.length < text.length - end || rest.startsWith('=');
    if (name === '.pragma' && isDirective) this.pragma(operand(rest));
    else if (name === '.include' && isDirective) this.include(operand(rest), place);
    else if (!rest.startsWith('=')) throw new BadConfiguration('missing equal sign');
    else this.assign(section, name, this.expanded(trimmed(rest.substring(1)), section));
  }

  private assign(section: string, name: string, value: string): void {
    this.valuesLength += value.length;
    if (this.valuesLength > maxValues) throw new BadConfiguration('values too long');
    const values = this.section(section);
    // A name's position is that of its last assignment.
    values.delete(name);
    values.set(name, value);
  }

  private pragma(text: string): void {
    const [, name, value] = /^([^:]*?)\s*:\s*(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) throw new BadConfiguration('invalid pragma');
    if (name === 'dollarid') this.dollarInNames = truth(value);
    if (name === 'abspath') this.absoluteOnly = truth(value);
    if (name === 'includedir') this.includeFolder = value;
  }

  /** include ignores a missing file. */
  private include(text: string, { depth, fromFolder }: Place): void {
    const path = this.included(this.expanded(text, this.current));
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts === undefined) return;
    if (!facts.isDirectory()) {
      this.tryFile(path, { depth: depth + 1, fromFolder });
    } else if (!fromFolder) {
      for (const name of readdirSync(path)) {
        if (/\.(cnf|conf)$/i.test(name)) this.tryFile(join(path, name), { depth: depth + 1, fromFolder: true });
      }
    }
  }

  private included(path: string): string {
    const folder = this.environment.OPENSSL_CONF_INCLUDE ?? this.includeFolder;
    const whole = folder === undefined || path.startsWith('/') ? path : join(folder, path);
    if (this.absoluteOnly && !whole.startsWith('/')) throw new BadConfiguration('relative path');
    return whole;
  }

  private tryFile(path: string, place: Place): void {
    try {
      this.readFile(path, place);
    } catch (error) {
      if (error instanceof BadConfiguration) throw error;
    }
  }

  private section(name: string): Map<string, string> {
    let section = this.sections.get(name);
    if (section === undefined) {
      section = new Map();
      this.sections.set(name, section);
    }
    return section;
  }

  private expanded(text: string, section: string): string {
    const value = expand(text, {
      dollarInNames: this.dollarInNames,
      variable: (name, from) => this.variable(from ?? section, name),
    });
    if (value === undefined) throw new BadConfiguration('variable has no value');
    return value;
  }

  private variable(section: string, name: string): string | undefined {
    const own = this.sections.get(section)?.get(name);
    const ambient = section === 'ENV' ? this.environment[name] : undefined;
    return own ?? ambient ?? this.sections.get('default')?.get(name);
  }
}

/** logicalLines joins lines that end with a backslash to the next. */
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let open = '';
  for (const physical of text.split('\n')) {
    const line = physical.replace(/\r$/, '');
    const continues = /(?:^|[^\\])\\$/.test(line);
    open += continues ? line.slice(0, -1) : line;
    if (continues) continue;
    lines.push(open);
    open = '';
  }
  if (open !== '') lines.push(open);
  return lines;
}

/** operand returns a directive's operand, without an optional equal sign. */
function operand(text: string): string {
  return trimmed(text.replace(/^=/, ''));
}

function truth(word: string): boolean {
  const lower = word.toLowerCase();
  if (lower === 'on' || lower === 'true') return true;
  if (lower === 'off' || lower === 'false') return false;
  throw new BadConfiguration('invalid pragma');
}
