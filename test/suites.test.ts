import { carryBothWays, covering } from './suite-connections.ts';

carryBothWays('every protection in every version, and every key exchange, carries 100 kB both ways', covering);
