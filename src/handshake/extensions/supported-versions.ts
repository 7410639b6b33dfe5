import { type Extension, encodeExtension } from '../../messages/extensions/extension.ts';
import { supportedVersions as kind } from '../../messages/extensions/supported-versions.ts';
import { Version } from '../../names/versions.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.1. Read before the others, to choose the version. */
export const supportedVersions = offer(kind, {
  where: 'tls_early_post_process_client_hello',
  malformed: 'lengthMismatch',
});

export function supportedVersionsAnswer(): Extension {
  return encodeExtension(kind, 'serverHello', Version['TLSv1.3']);
}
