import { Malformed } from '../../bytes/malformed.ts';
import { ClientKeyExchange } from '../../messages/client-key-exchange.ts';
import { namedCurveType, ServerKeyExchange } from '../../messages/server-key-exchange.ts';
import type { KeyExchange } from '../../names/cipher-suites.ts';
import { Version } from '../../names/versions.ts';
import {
  codeField,
  decimalCode,
  hexField,
  indented,
  type Layout,
  nested,
  printFields,
  type Spot,
  schemeCode,
} from './trace-fields.ts';

/** Layout of a signature, which names its algorithm from TLS 1.2 on. */
export const signatureLayout: Layout = {
  algorithm: codeField((code, name) => `Signature Algorithm: ${schemeCode(code, name)}`),
  signature: hexField('Signature'),
};

/** @throws {Malformed} */
export function printServerKeyExchange(spot: Spot): void {
  const { context, from } = spot;
  printMethod(spot);
  printFields(spot, ServerKeyExchange.wire(context).shape, {
    identityHint: (at, shape) => hexField('psk_identity_hint')(indented(at, 2), shape),
    params: nested(context.keyExchange === 'SRP' ? srpParams : params, 2),
    signed: nested(signatureLayout, 0),
  });
  from.end();
}

/** @throws {Malformed} */
export function printClientKeyExchange(spot: Spot): void {
  const { context, from } = spot;
  printMethod(spot);
  printFields(indented(spot, 2), ClientKeyExchange.wire(context).shape, clientLayout);
  // The reference prints the ciphertext of SSL 3.0, which has no length field, and still reports a missing one.
  if (context.version === Version.SSLv3 && context.keyExchange === 'RSA') throw new Malformed('no length field');
  from.end();
}

function printMethod({ page, columns, context: { keyExchange } }: Spot): void {
  page.line(columns, `KeyExchangeAlgorithm=${methodName(keyExchange)}`);
}

function methodName(method: KeyExchange | undefined): string {
  if (method === undefined || method === 'any') return 'UNKNOWN';
  return method === 'RSA' ? 'rsa' : method;
}

/** Layout of both kinds of Diffie-Hellman. */
const params: Layout = {
  p: hexField('dh_p'),
  g: hexField('dh_g'),
  publicValue: hexField('dh_Ys'),
  curveType: readCurveType,
  namedCurve: codeField((code, name) => `named_curve: ${decimalCode(code, name)}`),
  point: hexField('point'),
};

/** Labels of our own: the reference does not print these. */
const srpParams: Layout = {
  n: hexField('srp_N'),
  g: hexField('srp_g'),
  salt: hexField('srp_s'),
  b: hexField('srp_B'),
};

/** readCurveType prints only an unusual type. */
function readCurveType({ page, columns, from }: Spot): void {
  const type = from.uint(1);
  if (type === namedCurveType) return;
  page.line(columns, `UNKNOWN CURVE PARAMETER TYPE ${type}`);
  throw new Malformed('no named curve');
}

const clientLayout: Layout = {
  identity: hexField('psk_identity'),
  encryptedPreMasterSecret: hexField('EncryptedPreMasterSecret'),
  publicValue: hexField('dh_Yc'),
  point: hexField('ecdh_Yc'),
  a: hexField('srp_A'),
};
