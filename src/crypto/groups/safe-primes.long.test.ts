import assert from 'node:assert/strict';
import { checkPrimeSync } from 'node:crypto';
import test from 'node:test';
import { ffdhePrime, type SafePrime } from './safe-primes.ts';

const integer = (prime: SafePrime | undefined): bigint => BigInt(`0x${Buffer.from(prime?.p ?? []).toString('hex')}`);

test('p and (p - 1) / 2 are prime in the smaller groups of RFC 7919', () => {
  for (const bits of [2048, 3072]) {
    const p = integer(ffdhePrime(bits));
    assert.ok(checkPrimeSync(p, { checks: 2 }), `ffdhe${bits}`);
    assert.ok(checkPrimeSync((p - 1n) / 2n, { checks: 2 }), `ffdhe${bits}`);
  }
});
