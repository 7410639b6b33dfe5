import type { PlainRecord, ProtectedRecord, ReadProtection, WriteProtection } from './protection.ts';

/** Before keys are agreed: records as they are. */
export const plain: ReadProtection & WriteProtection = {
  hidesType: false,
  needsEmptyFragment: false,
  overhead: 0,
  open: ({ type, body }: ProtectedRecord) => ({ type, content: body }),
  // A copy: the content may be a view on memory that is used again.
  seal: ({ content }: PlainRecord) => [Uint8Array.from(content)],
};
