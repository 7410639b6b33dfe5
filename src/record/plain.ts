import type { PlainRecord, ProtectedRecord, ReadProtection, WriteProtection } from './protection.ts';

/** The null protection, before keys are agreed: content is unchanged. */
export const plain: ReadProtection & WriteProtection = {
  hidesType: false,
  needsEmptyFragment: false,
  overhead: 0,
  open: ({ type, body }: ProtectedRecord) => ({ type, content: body }),
  // Copied, because the content may be a view on memory that is reused.
  seal: ({ content }: PlainRecord) => [Uint8Array.from(content)],
};
