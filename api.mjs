// The text of docs/api.md: the exported declarations of the library with their doc comments. They are read from the built
// declaration files with the API of the compiler in use, which resolves names as an importing program does.
import { resolve } from 'node:path';
import { SyntaxKind } from 'typescript/unstable/ast';
import { API, SymbolFlags } from 'typescript/unstable/sync';

const introduction = `# serverhello, the library

Made from the types by \`npm run docs\`. Members of classes of Node, which those of the library extend, are not repeated.
`;

const titles = new Map([
  [SyntaxKind.ClassDeclaration, 'Classes'],
  [SyntaxKind.FunctionDeclaration, 'Functions'],
  [SyntaxKind.InterfaceDeclaration, 'Options and values'],
  [SyntaxKind.TypeAliasDeclaration, 'Words'],
]);

const beside = `## Named above

Types that those above name. They are not exported: TypeScript infers them where they are needed.
`;

const folder = resolve('dist/types');
const api = new API({ cwd: resolve() });
const config = resolve('test/consumer/tsconfig.json');
const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
const { checker, program } = project;
const index = checker.getSymbolAtLocation(program.getSourceFile(`${folder}/index.d.ts`));
const exported = checker.getExportsOfModule(index).map((symbol) => entryOf(declared(symbol)));
const named = namedBy(exported);
/** In Markdown. */
export const apiDocument = [
  introduction,
  ...[...titles].flatMap(([kind, title]) => chapter(title, kind)),
  beside,
  ...named.map(section),
].join('\n');
api.close();

function chapter(title, kind) {
  return [`## ${title}\n`, ...exported.filter((it) => it.declarations[0].kind === kind).map(section)];
}

/** The symbol where it is declared, not where it is exported again. */
function declared(symbol) {
  return symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function entryOf(symbol) {
  return { symbol, declarations: symbol.declarations.map((it) => it.resolve(project)) };
}

/** All types of the library that these name, and those that are named by what is found. In the order of their names. */
function namedBy(entries) {
  const known = new Map(entries.map((entry) => [entry.symbol.name, entry]));
  for (const { declarations } of known.values())
    for (const name of declarations.flatMap(typeNames)) {
      const entry = entryOf(declared(checker.getSymbolAtLocation(name)));
      if (isOurs(entry.declarations[0]) && !known.has(entry.symbol.name)) known.set(entry.symbol.name, entry);
    }
  const found = [...known.values()].slice(entries.length);
  return found.sort((one, other) => one.symbol.name.localeCompare(other.symbol.name));
}

function isOurs(declaration) {
  const { kind } = declaration ?? {};
  return titles.has(kind) && declaration.getSourceFile().fileName.startsWith(folder);
}

/** The names of types in a declaration, without members that are not shown. */
function typeNames(node) {
  const names = [];
  node.forEachChild((child) => {
    if (isHidden(child)) return;
    if (child.kind === SyntaxKind.TypeReference) names.push(child.typeName);
    if (child.kind === SyntaxKind.ExpressionWithTypeArguments) names.push(child.expression);
    names.push(...typeNames(child));
  });
  return names;
}

function section({ symbol, declarations }) {
  const code = declarations.map(shown).join('\n');
  return [`### ${symbol.name}`, '', ...comment(symbol), '```ts', code, '```', ''].join('\n');
}

/** The doc comment in Markdown, with a blank line behind it. */
function comment(symbol) {
  const thrown = symbol.getJsDocTags(checker).filter(({ name }) => name === 'throws');
  const paragraphs = [symbol.getDocumentationComment(checker), ...thrown.map(({ text }) => `Throws ${text}`)];
  return paragraphs.filter((it) => it !== '').flatMap((it) => [it, '']);
}

/** The declaration without hidden members and what says that it is exported, with its members' comments. */
function shown(declaration) {
  const start = declaration.getStart();
  const hidden = (declaration.members ?? []).filter(isHidden);
  let text = declaration.getSourceFile().text.slice(start, declaration.end);
  for (const { pos, end } of hidden.reverse()) text = text.slice(0, pos - start) + text.slice(end - start);
  return text.replace(/^export (?:declare )?/, '').replaceAll('    ', '  ');
}

/** Constructors are: objects of these classes are made by functions. */
function isHidden({ kind, modifiers, name, jsDoc }) {
  return (
    kind === SyntaxKind.Constructor ||
    (modifiers ?? []).some((it) => it.kind === SyntaxKind.PrivateKeyword) ||
    (jsDoc ?? []).some((it) => it.getText().includes('@internal')) ||
    (name?.kind === SyntaxKind.Identifier && name.text.startsWith('_'))
  );
}
