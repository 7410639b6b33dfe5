import { test } from 'node:test';
import { installed } from './clients.ts';
import { agreeAbout, containerRecipes, pemRecipes } from './container-corpus.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

for (const recipe of [...containerRecipes, ...pemRecipes]) {
  test(`the reference and we load the same of ${recipe.name}`, { skip }, () => agreeAbout(recipe));
}
