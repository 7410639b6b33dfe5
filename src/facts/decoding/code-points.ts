import type { NameOf, Shape } from '../../bytes/wire.ts';
import {
  CipherSuite,
  CompressionMethod,
  NamedGroup,
  ProtocolVersion,
  SignatureScheme,
} from '../../messages/code-points.ts';
import { CertificateTypeCode } from '../../messages/extensions/client-certificate-type.ts';
import { Extension } from '../../messages/extensions/extension.ts';
import { extensionKind } from '../../messages/extensions/index.ts';
import { pskKeyExchangeModes } from '../../messages/extensions/psk-key-exchange-modes.ts';
import { alert } from '../../names/alerts.ts';
import { cipherSuite } from '../../names/cipher-suites.ts';
import { ContentType } from '../../names/content-types.ts';
import { extensionTraceName } from '../../names/extensions.ts';
import { isGrease, isGreasePskMode } from '../../names/grease.ts';
import { group, groupTraceName } from '../../names/groups.ts';
import {
  laterContentTypeName,
  laterExtensionName,
  laterGroupName,
  laterSchemeName,
  laterSuiteName,
  laterVersionName,
} from '../../names/later-names.ts';
import { signatureScheme } from '../../names/signature-schemes.ts';
import { traceCipherName } from '../../names/trace-cipher-names.ts';
import { versionLabel, versionName } from '../../names/versions.ts';
import type { CodePoint } from './value.ts';

export function suitePoint(code: number): CodePoint {
  const suite = cipherSuite(code);
  return codePoint(code, suite?.ianaName ?? traceCipherName(code) ?? laterSuiteName(code), suite?.name);
}

export function groupPoint(code: number): CodePoint {
  return codePoint(code, group(code)?.names[0] ?? groupTraceName(code) ?? laterGroupName(code));
}

export function schemePoint(code: number): CodePoint {
  const scheme = signatureScheme(code);
  return codePoint(code, scheme?.name ?? laterSchemeName(code), scheme?.line);
}

export function versionPoint(code: number): CodePoint {
  const openssl = versionName(code);
  return codePoint(code, versionLabel(code) ?? laterVersionName(code), openssl === 'unknown' ? undefined : openssl);
}

export function extensionPoint(code: number): CodePoint {
  const known = extensionTraceName(code);
  return codePoint(code, extensionKind(code)?.name ?? known ?? laterExtensionName(code), known);
}

export function alertPoint(code: number): CodePoint {
  return bytePoint(code, alert(code)?.name);
}

export function alertLevelPoint(code: number): CodePoint {
  return bytePoint(code, code === 1 ? 'warning' : code === 2 ? 'fatal' : undefined);
}

export function contentTypePoint(code: number): CodePoint {
  return bytePoint(code, contentTypes.get(code) ?? laterContentTypeName(code));
}

/** pskModePoint knows the GREASE values of PSK modes (RFC 8701). */
export function pskModePoint(code: number): CodePoint {
  return { ...bytePoint(code, pskModes?.(code)), ...(isGreasePskMode(code) && { grease: true }) };
}

/** namedPoint describes the number of a field; undefined where its description has no names. */
export function namedPoint(code: number, { names, laterNames, size }: NumberShape): CodePoint | undefined {
  if (names === undefined) return undefined;
  const point = points.get(names);
  if (point !== undefined) return point(code);
  const name = names(code) ?? laterNames?.(code);
  return size === 1 ? bytePoint(code, name) : codePoint(code, name);
}

type NumberShape = Extract<Shape, { readonly kind: 'uint' }>;

function codePoint(code: number, name: string | undefined, openssl?: string): CodePoint {
  return {
    code,
    name: name ?? null,
    ...(openssl !== undefined && openssl !== name && { openssl }),
    ...(isGrease(code) && { grease: true }),
  };
}

function bytePoint(code: number, name: string | undefined): CodePoint {
  return { code, name: name ?? null };
}

/** namesOf returns the names of a description's numbers: a list's items, an extension's type. */
function namesOf(shape: Shape): NameOf | undefined {
  switch (shape.kind) {
    case 'uint':
      return shape.names;
    case 'vector':
      return namesOf(shape.item.shape);
    case 'struct':
      return shape.fields.type && namesOf(shape.fields.type.shape);
    default:
      return undefined;
  }
}

const pskModes = namesOf(pskKeyExchangeModes.in.clientHello.shape);

/** Functions with IANA's names, for descriptions that have the tracer's. */
const points: ReadonlyMap<NameOf | undefined, (code: number) => CodePoint> = new Map([
  [namesOf(CipherSuite.shape), suitePoint],
  [namesOf(NamedGroup.shape), groupPoint],
  [namesOf(SignatureScheme.shape), schemePoint],
  [namesOf(ProtocolVersion.shape), versionPoint],
  [namesOf(Extension.shape), extensionPoint],
  [pskModes, pskModePoint],
  [namesOf(CompressionMethod.shape), (code: number) => bytePoint(code, compressionMethods.get(code))],
  [namesOf(CertificateTypeCode.shape), (code: number) => bytePoint(code, certificateTypes.get(code))],
]);

const contentTypes = new Map<number, string>([
  [ContentType.changeCipherSpec, 'change_cipher_spec'],
  [ContentType.alert, 'alert'],
  [ContentType.handshake, 'handshake'],
  [ContentType.applicationData, 'application_data'],
]);

const compressionMethods = new Map([
  [0, 'NULL'],
  [1, 'DEFLATE'],
  [64, 'LZS'],
]);

const certificateTypes = new Map([
  [0, 'X509'],
  [1, 'OpenPGP'],
  [2, 'Raw Public Key'],
  [3, '1609Dot2'],
]);
