import { vector } from '../../bytes/wire.ts';
import { NamedGroup } from '../code-points.ts';
import { extension } from './extension.ts';

const NamedGroupList = vector(NamedGroup, 2, 65535);

/** RFC 8446 section 4.2.7; elliptic_curves before (RFC 4492). */
export const supportedGroups = extension({
  code: 10,
  name: 'supported_groups',
  in: { clientHello: NamedGroupList, encryptedExtensions: NamedGroupList },
});
