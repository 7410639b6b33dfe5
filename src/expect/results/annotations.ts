import type { Result } from './result.ts';

/** annotations are lines that GitHub Actions shows beside a run: one for each result that is bad. */
export function annotations(results: readonly Result[]): string {
  return results
    .filter(({ outcome }) => outcome === 'bad')
    .map(({ name, message, details }) => {
      const title = written(`serverhello: ${name}`).replace(/[:,]/g, percent);
      return `::error title=${title}::${written([message, ...details].join('\n'))}\n`;
    })
    .join('');
}

/** A command of a workflow is one line. */
function written(text: string): string {
  return text.replace(/[%\r\n]/g, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
