import { named, u8, u16 } from '../bytes/wire.ts';
import { groupTraceName } from '../names/groups.ts';
import {
  laterClientCertificateTypeName,
  laterCompressionName,
  laterGroupName,
  laterSchemeName,
  laterSuiteName,
  laterVersionName,
} from '../names/later-names.ts';
import { signatureScheme } from '../names/signature-schemes.ts';
import { traceCipherName } from '../names/trace-cipher-names.ts';
import { versionLabel } from '../names/versions.ts';

/** Code points with their printed names. Unknown ones are values like the others. */
export const ProtocolVersion = named(u16, versionLabel, laterVersionName);
export const CipherSuite = named(u16, traceCipherName, laterSuiteName);
export const NamedGroup = named(u16, groupTraceName, laterGroupName);
export const SignatureScheme = named(u16, (code) => signatureScheme(code)?.name, laterSchemeName);

/** RFC 3749 */
export const CompressionMethod = named(u8, (code) => compressionMethods.get(code), laterCompressionName);

/** RFC 5246 section 7.4.4, RFC 8422 section 5.5, and the registry for the rest. */
export const ClientCertificateType = named(
  u8,
  (code) => clientCertificateTypes.get(code),
  laterClientCertificateTypeName,
);

const compressionMethods = new Map([
  [0, 'No Compression'],
  [1, 'Zlib Compression'],
]);

const clientCertificateTypes = new Map([
  [1, 'rsa_sign'],
  [2, 'dss_sign'],
  [3, 'rsa_fixed_dh'],
  [4, 'dss_fixed_dh'],
  [5, 'rsa_ephemeral_dh'],
  [6, 'dss_ephemeral_dh'],
  [20, 'fortezza_dms'],
  [64, 'ecdsa_sign'],
  [65, 'rsa_fixed_ecdh'],
  [66, 'ecdsa_fixed_ecdh'],
  [67, 'gost_sign256'],
  [68, 'gost_sign512'],
]);
