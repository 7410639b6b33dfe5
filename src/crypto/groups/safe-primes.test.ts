import assert from 'node:assert/strict';
import { getDiffieHellman } from 'node:crypto';
import test from 'node:test';
import { ffdhePrime, isSquare, modpPrime, safePrimeOf } from './safe-primes.ts';

test('the primes of IKE are those that Node knows by name', () => {
  const names = new Map([
    [1024, 'modp2'],
    [2048, 'modp14'],
    [3072, 'modp15'],
    [4096, 'modp16'],
    [6144, 'modp17'],
    [8192, 'modp18'],
  ]);
  for (const [bits, name] of names)
    assert.deepEqual(Buffer.from(modpPrime(bits)?.p ?? []), getDiffieHellman(name).getPrime(), name);
});

test('the primes of RFC 7919 begin and end as printed there', () => {
  for (const bits of [2048, 3072, 4096, 6144, 8192]) {
    const text = Buffer.from(ffdhePrime(bits)?.p ?? []).toString('hex');
    assert.equal(text.length, bits / 4);
    assert.match(text, /^ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695/);
    assert.match(text, /ffffffffffffffff$/);
  }
  assert.match(Buffer.from(ffdhePrime(2048)?.p ?? []).toString('hex'), /886b423861285c97ffffffffffffffff$/);
  assert.match(Buffer.from(ffdhePrime(8192)?.p ?? []).toString('hex'), /d68c8bb7c5c6424cffffffffffffffff$/);
});

test('other sizes have no prime', () => {
  assert.equal(ffdhePrime(1024), undefined);
  assert.equal(modpPrime(2047), undefined);
  assert.equal(ffdhePrime(Number.NaN), undefined);
});

test('squares modulo small primes are those that squaring gives', () => {
  for (const p of [3n, 5n, 7n, 11n, 13n, 23n, 47n, 59n, 83n, 101n, 10007n]) {
    const squares = new Set<bigint>();
    for (let root = 1n; root < p; root++) squares.add((root * root) % p);
    for (let value = 0n; value < p; value++) assert.equal(isSquare(value, p), squares.has(value), `${value} of ${p}`);
  }
});

test('every standard prime is known by its bytes, and of y and p - y one is a square', () => {
  for (const bits of [2048, 3072, 4096, 6144, 8192]) {
    for (const prime of [ffdhePrime(bits), modpPrime(bits)]) {
      assert.ok(prime);
      assert.equal(safePrimeOf(prime.p), prime);
      const p = BigInt(`0x${Buffer.from(prime.p).toString('hex')}`);
      assert.deepEqual([isSquare(4n, p), isSquare(p - 4n, p)], [true, false]);
      const y = p / 3n;
      assert.notEqual(isSquare(y, p), isSquare(p - y, p));
      const other = Uint8Array.from(prime.p);
      other[100] = (other[100] ?? 0) ^ 1;
      assert.equal(safePrimeOf(other), undefined);
    }
  }
});
