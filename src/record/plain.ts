import type { PlainRecord, ProtectedRecord, ReadProtection, WriteProtection } from './protection.ts';

/** Before keys are agreed: records as they are. */
export const plain: ReadProtection & WriteProtection = {
  hidesType: false,
  needsEmptyFragment: false,
  open: ({ type, body }: ProtectedRecord) => ({ type, content: body }),
  seal({ content }: PlainRecord, headerLength: number) {
    const record = new Uint8Array(headerLength + content.length);
    record.set(content, headerLength);
    return record;
  },
};
