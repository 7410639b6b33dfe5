import { constants, type KeyObject, publicDecrypt } from 'node:crypto';
import { hex, view } from '../../bytes/hex.ts';
import type { ErrorLine } from '../../names/problems.ts';

/** Lines of OpenSSL 3.0's error queue for an invalid signature. */
export const unusedBits = (): ErrorLine[] => [inItemVerify(220, 'invalid bit string bits left')];

export const unknownDigest = (): ErrorLine[] => [inItemVerify(161, 'unknown message digest algorithm')];

export const wrongKeyType = (): ErrorLine[] => [inItemVerify(200, 'wrong public key type')];

export const wrongSignature = (): ErrorLine[] => [inItemVerify(0x80006, 'EVP lib')];

export const wrongSm2Signature = (kind: 'malformed' | 'other'): ErrorLine[] => [
  ...(kind === 'other'
    ? []
    : [{ library: 53, reason: 104, text: 'reason(104)', function: 'ossl_sm2_internal_verify' }]),
  ...wrongSignature(),
];

/** `fault`: the invalid RSA-PSS parameter, if it has a line of its own. */
export const badPssParameters = (fault?: 'trailer' | 'salt length'): ErrorLine[] => [
  ...(fault === 'trailer' ? [rsa(139, 'invalid trailer', 'rsa_pss_verify_param')] : []),
  ...(fault === 'salt length' ? [rsa(150, 'invalid salt length', 'rsa_pss_verify_param')] : []),
  rsa(149, 'invalid pss parameters', 'ossl_rsa_pss_to_ctx'),
  inItemVerify(0xc0103, 'internal error'),
];

/** wrongRsaSignature finds the lines of a PKCS #1 v1.5 signature by its decrypted block. */
export function wrongRsaSignature(signature: Uint8Array, key: KeyObject): ErrorLine[] {
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (signature.length !== Math.ceil(modulusLength / 8)) {
    return provided(rsa(119, 'wrong signature length', 'ossl_rsa_verify'));
  }
  const block = opened(signature, key);
  if (block === undefined) return provided(rsa(132, 'data too large for modulus', 'rsa_ossl_public_decrypt'));
  if (/^0001(?:ff){8,}00/.test(hex(block))) return provided(rsa(104, 'bad signature', 'ossl_rsa_verify'));
  const [first, second] = block;
  const where = 'RSA_padding_check_PKCS1_type_1';
  const fault =
    first !== 0
      ? rsa(138, 'invalid padding', where)
      : second !== 1
        ? rsa(106, 'block type is not 01', where)
        : rsa(102, 'bad fixed header decrypt', where);
  return provided(fault, rsa(114, 'padding check failed', 'rsa_ossl_public_decrypt'));
}

function opened(signature: Uint8Array, key: KeyObject): Uint8Array | undefined {
  try {
    return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, view(signature));
  } catch {
    return undefined;
  }
}

function provided(...lines: ErrorLine[]): ErrorLine[] {
  return [...lines, { library: 57, reason: 0x80004, text: 'RSA lib', function: 'rsa_verify' }, ...wrongSignature()];
}

function rsa(reason: number, text: string, where: string): ErrorLine {
  return { library: 4, reason, text, function: where };
}

function inItemVerify(reason: number, text: string): ErrorLine {
  return { library: 13, reason, text, function: 'ASN1_item_verify_ctx' };
}
