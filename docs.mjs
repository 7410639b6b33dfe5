// Writes docs/api.md from the declaration files of the library, docs/manual.md from the table of options, docs/facts.md and
// docs/facts.schema.json from the descriptions of the facts, and docs/verdicts.md from the table of terms.
import { writeFileSync } from 'node:fs';
import { apiDocument } from './api.mjs';
import { manual } from './dist/src/cli/help/manual.js';
import { termsPage } from './dist/src/expect/terms-page.js';
import { factPage } from './dist/src/facts/fact-page.js';
import { factSchema } from './dist/src/facts/fact-schema.js';

writeFileSync('docs/api.md', apiDocument);
writeFileSync('docs/manual.md', manual());
writeFileSync('docs/facts.md', factPage());
writeFileSync('docs/verdicts.md', termsPage());
writeFileSync('docs/facts.schema.json', `${JSON.stringify(factSchema(), undefined, 2)}\n`);
