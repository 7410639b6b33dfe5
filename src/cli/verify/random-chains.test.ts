import { test } from 'node:test';
import { isAbsent } from './agree.test.fixture.ts';
import { agreeAboutChains } from './random-chains.test.fixture.ts';

test('openssl verify and ours agree about chains by chance', { skip: isAbsent }, () => agreeAboutChains(50, 1));
