import { test } from 'node:test';
import { isAbsent } from './agree.test.fixture.ts';
import { agreeAboutChains } from './random-chains.test.fixture.ts';

/** Another seed makes other chains. */
const seed = Number(process.env.SEED ?? 20260101);

test('openssl verify and ours agree about 2000 chains by chance', { skip: isAbsent }, () =>
  agreeAboutChains(2000, seed),
);
