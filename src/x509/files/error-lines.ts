import type { ErrorLine } from '../../names/problems.ts';

/** Lines of OpenSSL 3.0's error queue from loading keys and certificates. */
export const unregisteredScheme = (scheme: string) =>
  line(44, 105, 'unregistered scheme', 'ossl_store_get0_loader_int', `scheme=${scheme}`);

export const noStoreLoader = (scheme: string) =>
  line(
    44,
    unsupported,
    'unsupported',
    'inner_loader_fetch',
    'No store loader found. For standard store loaders you need at least one of the default or base providers available. ' +
      `Did you forget to load them? Info: Global default library context, Scheme (${scheme} : 0), Properties (<null>)`,
  );

export const cannotStat = (errno: number, text: string, path: string) =>
  line(2, errno, text, 'file_open', `calling stat(${path})`);

export const cannotOpen = (errno: number, text: string, path: string): ErrorLine[] => [
  line(2, errno, text, 'BIO_new_file', `calling fopen(${path}, rb)`),
  line(32, 0x80002, 'system lib', 'BIO_new_file'),
];

export const pathMustBeAbsolute = (path: string) =>
  line(57, 219, 'path must be absolute', 'file_open', `Given path=${path}`);

export const uriAuthorityUnsupported = () => line(57, 223, 'uri authority unsupported', 'file_open');

/** unusableBlock is the line for a readable block of another kind. */
export const unusableBlock = () => line(44, unsupported, 'unsupported', 'ossl_store_handle_load_result');

/** `input`: the requested form, if any. */
export const nothingToDecode = (input?: 'PEM') =>
  line(
    60,
    unsupported,
    'unsupported',
    'OSSL_DECODER_from_bio',
    `No supported data to decode. ${input === undefined ? '' : `Input type: ${input}`}`,
  );

export const badPadding = () => line(57, 100, 'bad decrypt', 'ossl_cipher_unpadblock');

export const badPemDecrypt = () => line(9, 101, 'bad decrypt', 'PEM_do_header');

export const badPkcs8Decrypt = (passwordIsEmpty: boolean) =>
  line(
    35,
    116,
    'pkcs12 cipherfinal error',
    'PKCS12_pbe_crypt_ex',
    passwordIsEmpty ? 'empty password' : 'maybe wrong password',
  );

export const unsupportedEncryption = () => line(9, 114, 'unsupported encryption', 'PEM_get_EVP_CIPHER_INFO');

export const unsupportedAlgorithm = (name: string, number: number) =>
  line(
    6,
    unsupported,
    'unsupported',
    'inner_evp_generic_fetch',
    `Global default library context, Algorithm (${name} : ${number}), Properties ()`,
  );

/** noAnswer has the lines for an unanswered prompt. */
export const noAnswer = (): ErrorLine[] => [
  line(40, 107, 'processing error', 'UI_process', 'while reading strings'),
  line(15, 0x80028, 'UI lib', 'do_ui_passphrase'),
];

export const badPasswordRead = () => line(9, 104, 'bad password read', 'PEM_do_header');

export const noPassphrase = () => line(57, 159, 'unable to get passphrase', 'epki2pki_decode');

export const pkcs12MacFault = (passwordIsEmpty: boolean) =>
  line(
    44,
    113,
    'error verifying pkcs12 mac',
    'try_pkcs12',
    passwordIsEmpty ? 'empty password' : 'maybe wrong password',
  );

export const noPkcs12Password = () => line(44, 114, 'passphrase callback error', 'try_pkcs12');

export const pkcs12ParseError = () => line(35, 114, 'parse error', 'PKCS12_parse');

export const keyValuesMismatch = () => line(11, 116, 'key values mismatch', 'X509_check_private_key');

export const unknownCertificateType = (where: 'ssl_set_cert' | 'ssl_set_pkey') =>
  line(20, 247, 'unknown certificate type', where);

export const chainNotVerified = (text: string) =>
  line(20, 134, 'certificate verify failed', 'ssl_build_cert_chain', `Verify error:${text}`);

export const keyTooSmall = (whose: 'ee' | 'ca', where: CertificateSetter) =>
  line(20, whose === 'ee' ? 399 : 397, `${whose} key too small`, where);

export const digestTooWeak = (where: CertificateSetter) => line(20, 398, 'ca md too weak', where);

type CertificateSetter = 'SSL_CTX_use_certificate' | 'ssl_cert_set0_chain';

/** ERR_R_UNSUPPORTED, one of the reasons that all libraries share. */
const unsupported = 0x8010c;

function line(library: number, reason: number, text: string, where: string, extra?: string): ErrorLine {
  return { library, reason, text, function: where, ...(extra !== undefined && { extra }) };
}
