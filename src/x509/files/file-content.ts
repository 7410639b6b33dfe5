import { type Element, elementAt } from '../../bytes/der.ts';
import { latin1 } from '../../bytes/hex.ts';
import { type PemBlock, pemContents } from '../../bytes/pem.ts';

/** FileContent is the blocks of a PEM file, or the leading DER elements of a binary file, in file order. */
export type FileContent =
  | { readonly form: 'PEM'; readonly blocks: readonly (PemBlock | 'unreadable')[] }
  | { readonly form: 'DER'; readonly elements: readonly DerElement[] };

export interface DerElement {
  readonly tag: number;
  readonly der: Uint8Array;
}

/** isInForm tells if the file has that form: key blobs (MSBLOB, PVK) have neither. */
export function isInForm(content: Uint8Array, form: FileContent['form']): boolean {
  const { form: found } = fileContent(content);
  return found === form && (form === 'PEM' || content[0] === sequenceTag);
}

const sequenceTag = 0x30;

/** fileContent detects the form: PEM if there is a block, else DER. */
export function fileContent(content: Uint8Array): FileContent {
  const blocks = pemContents(latin1(content));
  return blocks.length > 0 ? { form: 'PEM', blocks } : { form: 'DER', elements: derElements(content) };
}

/** derElements returns the complete leading elements. */
function derElements(content: Uint8Array): DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < content.length; ) {
    let element: Element;
    try {
      element = elementAt(content, at);
    } catch {
      break;
    }
    elements.push({ tag: element.tag, der: content.subarray(at, element.end) });
    at = element.end;
  }
  return elements;
}
