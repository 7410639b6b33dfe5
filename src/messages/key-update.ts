import { named, struct, u8 } from '../bytes/wire.ts';
import { type MessageOf, message } from './message.ts';

export const KeyUpdateRequest = { updateNotRequested: 0, updateRequested: 1 } as const;

/** RFC 8446 section 4.6.3. Other values than the two can be decoded: they are illegal, not malformed. */
export const KeyUpdate = message(24, 'KeyUpdate', struct({ requestUpdate: named(u8, requestName) }));
export type KeyUpdate = MessageOf<typeof KeyUpdate>;

function requestName(code: number): string | undefined {
  if (code === KeyUpdateRequest.updateNotRequested) return 'update_not_requested';
  if (code === KeyUpdateRequest.updateRequested) return 'update_requested';
  return undefined;
}
