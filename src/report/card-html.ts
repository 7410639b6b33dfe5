import { type Card, compressionText, countsText, type Judged, judgedLists, nameText, peerText } from './card.ts';
import type { Applied } from './grade-rules.ts';
import type { Behaviour } from './visits/visitor.ts';

/** cardHtml is a card as a page: without script, image or link, for any width, light and dark. */
export function cardHtml(card: Card): string {
  const sections = judgedLists(card).map(
    ([title, list]) => `<h2>${escaped(title)}</h2>\n${judgedTable(countsText(list), list)}`,
  );
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Grade ${escaped(card.grade)}: report card of a TLS client</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Report card of a TLS client</h1>
<p class="grade">Grade <strong>${escaped(card.grade)}</strong></p>
<p>Rules ${escaped(card.rules)}, standings ${escaped(card.standings)}</p>
<h2>Reasons</h2>
${reasons(card.findings)}
${card.notes.length > 0 ? `<h2>Notes</h2>\n${list(card.notes.map(escaped))}` : ''}
${visits(card.behaviour)}<h2>Hello</h2>
${definitions(card)}
${sections.join('\n')}
</main>
</body>
</html>
`;
}

function reasons(findings: readonly Applied[]): string {
  if (findings.length === 0) return '<p>No rule applies.</p>';
  return list(
    findings.map(({ cap, sentence, source, because }) => {
      const names = because.length > 0 ? `<br><small>${escaped(because.map(nameText).join(', '))}</small>` : '';
      return `At most <strong>${escaped(cap)}</strong>: ${escaped(sentence)} (${escaped(source)})${names}`;
    }),
  );
}

function definitions(card: Card): string {
  const pairs = [
    ['Server name', card.serverName === null ? 'none' : peerText(card.serverName)],
    ['ALPN', card.alpn.map(peerText).join(', ') || 'none'],
    ['Modes of pre-shared keys', card.pskModes.map(nameText).join(', ') || 'none'],
    ['Point formats', card.pointFormats.map(nameText).join(', ') || 'none'],
    ['Compression', compressionText(card.compressionMethods)],
    ['JA4', card.ja4],
    ['JA3', card.ja3],
    ['JA3n', card.ja3n],
  ] as const;
  return `<dl>\n${pairs.map(([term, text]) => `<dt>${term}</dt><dd>${escaped(text)}</dd>\n`).join('')}</dl>`;
}

function judgedTable(caption: string, rows: readonly Judged[]): string {
  const cells = rows.map(
    (it) =>
      `<td><span class="standing ${it.standing.toLowerCase()}">${escaped(it.standing)}</span></td><td>${escaped(it.purpose)}</td>`,
  );
  return table(
    caption,
    ['Name', 'Standing', 'Purpose'],
    rows.map((it, index) => [nameText(it), cells[index] ?? '']),
  );
}

/** Remarks on the visits of a client; nothing for a single hello. */
function visits(behaviour: Behaviour | undefined): string {
  if (behaviour === undefined) return '';
  const { visits: count, remarks } = behaviour;
  const items = remarks.map(({ sentence, isFault, source }) => {
    const mark = isFault ? '<strong class="insecure">Fault:</strong> ' : '';
    return `${mark}${escaped(sentence)}${source === null ? '' : ` (${escaped(source)})`}`;
  });
  const text =
    count === 1 ? 'This is the first visit of this kind of client.' : `Visits of this kind of client: ${count}`;
  return `<h2>Visits</h2>\n<p>${text}</p>\n${items.length > 0 ? list(items) : ''}\n`;
}

/** table names each row by its first cell; `cells` are HTML. */
function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly [name: string, cells: string])[],
): string {
  const head = heads.map((it) => `<th scope="col">${it}</th>`).join('');
  const body = rows.map(([name, cells]) => `<tr><th scope="row">${escaped(name)}</th>${cells}</tr>\n`).join('');
  return `<table>\n<caption>${escaped(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}</tbody>\n</table>`;
}

/** list makes items of HTML. */
function list(items: readonly string[]): string {
  return `<ul>\n${items.map((it) => `<li>${it}</li>\n`).join('')}</ul>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The colours of text have a contrast of at least 4.5 to 1 with both backgrounds; standings are words too. */
const style = `
:root{color-scheme:light dark;--text:#1a1a1a;--back:#fff;--line:#bbb;--good:#0b6b2e;--fair:#705000;--bad:#b00020;--dim:#595959}
@media (prefers-color-scheme:dark){:root{--text:#eee;--back:#161616;--line:#555;--good:#7fdc9b;--fair:#f0c75e;--bad:#ff9a9a;--dim:#b0b0b0}}
body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:var(--text);background:var(--back)}
main{max-width:60rem;margin:0 auto;padding:1rem}
.grade{font-size:2rem;margin:0}
table{border-collapse:collapse;width:100%;margin:1.5rem 0}
caption{text-align:left;font-weight:bold;font-size:1.15rem;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem .25rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
tbody th{font-weight:normal;font-family:ui-monospace,monospace}
dt{font-weight:bold}dd{margin:0 0 .5rem;font-family:ui-monospace,monospace;overflow-wrap:anywhere}
.recommended{color:var(--good)}.legacy,.discouraged{color:var(--fair)}.insecure{color:var(--bad);font-weight:bold}.unknown,.grease{color:var(--dim)}
`;
