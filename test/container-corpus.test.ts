import { test } from 'node:test';
import { installed } from './clients.ts';
import { agreeAbout, containerRecipes, pemRecipes } from './container-corpus.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

/** A sample; the long test tries all. */
const sample = [...containerRecipes, ...pemRecipes].filter((_, index) => index % 23 === 0);

for (const recipe of sample) {
  test(`the reference and we load the same of ${recipe.name}`, { skip }, () => agreeAbout(recipe));
}
