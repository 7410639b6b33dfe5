import { der, objectIdentifier, sequence, Tag } from '../../bytes/der.ts';

/** RFC 5280 appendix A.1: the longest common name, in characters. */
const longestCommonName = 64;

/** commonName encodes a distinguished name of one attribute, the common name. */
export function commonName(text: string): Uint8Array {
  return distinguished('2.5.4.3', text);
}

/** organization is the same for an organization. */
function organization(text: string): Uint8Array {
  return distinguished('2.5.4.10', text);
}

/** subjectFor names the subject of a host's certificate; a name that is too long stands in the alternative names alone. */
export function subjectFor(name: string): Uint8Array {
  return name.length <= longestCommonName ? commonName(name) : organization('serverhello');
}

function distinguished(type: string, text: string): Uint8Array {
  const attribute = sequence(objectIdentifier(type), der(Tag.utf8String, Buffer.from(text)));
  return sequence(der(Tag.set, attribute));
}
