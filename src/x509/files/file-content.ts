import { type Element, elementAt } from '../../bytes/der.ts';
import { latin1 } from '../../bytes/hex.ts';
import { type PemBlock, pemContents } from '../../bytes/pem.ts';

/** What a file holds, in its order: the blocks of a PEM file, or the elements that a binary file begins with. */
export type FileContent =
  | { readonly form: 'PEM'; readonly blocks: readonly (PemBlock | 'unreadable')[] }
  | { readonly form: 'DER'; readonly elements: readonly DerElement[] };

export interface DerElement {
  readonly tag: number;
  readonly der: Uint8Array;
}

/** The form is found by looking. */
export function fileContent(content: Uint8Array): FileContent {
  const blocks = pemContents(latin1(content));
  return blocks.length > 0 ? { form: 'PEM', blocks } : { form: 'DER', elements: derElements(content) };
}

/** The complete elements that come first. */
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
