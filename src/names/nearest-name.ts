/** nearestName returns the name that most likely was meant; undefined if none is near. */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  return nearestNames(word, names)[0];
}

/** Names that may have been meant, the nearest first: no more than a third of the letters differ. */
export function nearestNames(word: string, names: readonly string[]): readonly string[] {
  const most = Math.max(1, Math.floor(word.length / 3));
  return names
    .map((name) => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter((it) => it.distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
}

/** distance counts the letters to insert, leave out, replace or swap with their neighbour. */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let at = 0; at < a.length; at++) {
    const next = [at + 1];
    for (let column = 0; column < b.length; column++) {
      const [left = 0, above = 0, diagonal = 0] = [next[column], row[column + 1], row[column]];
      const isSwapped = at > 0 && column > 0 && a[at] === b[column - 1] && a[at - 1] === b[column];
      const swapped = isSwapped ? (before[column - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(left + 1, above + 1, diagonal + (a[at] === b[column] ? 0 : 1), swapped));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
