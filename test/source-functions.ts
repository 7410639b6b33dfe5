/** SourceFunction is a function in a source text. */
export interface SourceFunction {
  readonly name: string;
  /** Lines from its name to the end of its body; 1 if the body is an expression. */
  readonly lines: number;
  readonly parameters: number;
}

/** functionsIn returns the functions, methods and arrow functions of a TypeScript source formatted by Biome. */
export function functionsIn(source: string): SourceFunction[] {
  const text = masked(source);
  const found: SourceFunction[] = [];
  for (const { index } of text.matchAll(/\(/g)) {
    const close = closing(text, index);
    const name = nameBefore(text, index);
    const body = bodyAfter(text, close);
    if (body === undefined || (body.kind === 'block' && !/\w$/.test(name)) || keywords.has(name)) continue;
    const end = text[body.at] === '{' ? closing(text, body.at) : index;
    found.push({
      name: name === '' ? '(arrow)' : name,
      lines: text.slice(index, end).split('\n').length,
      parameters: parametersIn(text.slice(index + 1, close)),
    });
  }
  return found;
}

/** Words before parentheses and a block that make no function. */
const keywords: ReadonlySet<string> = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'super', 'await']);

/** masked blanks comments, strings and regular expressions, so that their brackets do not count. */
function masked(source: string): string {
  const literals =
    /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=[(,=:[!&|?{};\n]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//g;
  return source.replace(literals, (literal) => literal.replace(/[^\n]/g, ' ').replace(/ $/, '_'));
}

function nameBefore(text: string, open: number): string {
  const [, name = ''] = /([\w$]*)(?:<[^()]*>)?$/.exec(text.slice(Math.max(0, open - 200), open)) ?? [];
  return name;
}

/**
 * bodyAfter returns where the function with these parameters goes on; undefined for anything else. A return type
 * follows its colon at once.
 */
function bodyAfter(text: string, close: number): { readonly kind: 'arrow' | 'block'; readonly at: number } | undefined {
  let at = close + 1;
  if (text[at] === ':') at = typeEnd(text, at + 1);
  const [arrow] = /^ => ?\s*/.exec(text.slice(at, at + 200)) ?? [];
  if (arrow !== undefined) return { kind: 'arrow', at: at + arrow.length };
  return text.startsWith(' {', at) ? { kind: 'block', at: at + 1 } : undefined;
}

/** typeEnd ends the type at a brace that follows a word or a bracket. */
function typeEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text.startsWith(' =>', at) || (text.startsWith(' {', at) && /[\w)\]}>]/.test(text[at - 1] ?? ''))) return at;
    if (/[({[]/.test(text[at] ?? '')) at = closing(text, at);
    else if (/[;)]/.test(text[at] ?? '')) return at;
  }
  return text.length;
}

/** closing returns the bracket that closes the one at `open`. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (/[({[]/.test(text[at] ?? '')) depth++;
    if (/[)}\]]/.test(text[at] ?? '') && --depth === 0) return at;
  }
  return text.length;
}

/** parametersIn counts the commas between parameters. */
function parametersIn(list: string): number {
  let flat = list.replace(/=>/g, '');
  for (let shorter = ''; shorter !== flat; ) {
    shorter = flat;
    flat = flat.replace(/\([^(){}[\]<>]*\)|\{[^(){}[\]<>]*\}|\[[^(){}[\]<>]*\]|<[^(){}[\]<>]*>/g, '_');
  }
  return flat.split(',').filter((it) => it.trim() !== '').length;
}
