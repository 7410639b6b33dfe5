import { carryBothWays } from './suite-connections.ts';

carryBothWays('every suite of openssl carries 100 kB both ways in every version', (all) => all);
