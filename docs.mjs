// Writes docs/api.md from the declaration files of the library, and docs/manual.md from the table of options.
import { writeFileSync } from 'node:fs';
import { apiDocument } from './api.mjs';
import { manual } from './dist/src/cli/help/manual.js';

writeFileSync('docs/api.md', apiDocument);
writeFileSync('docs/manual.md', manual());
