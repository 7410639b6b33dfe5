import { supportedVersions as kind } from '../../messages/extensions/supported-versions.ts';
import { Version } from '../../names/versions.ts';
import { serverExtension } from './extension.ts';

/** RFC 8446 section 4.2.1. Read before the others, to choose the version (version-choice.ts). */
export const supportedVersions = serverExtension(kind, {
  versions: 'fromTls13',
  answers: { serverHello13: () => Version['TLSv1.3'], helloRetryRequest: () => Version['TLSv1.3'] },
});
